/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.StallDetector;
import org.bootstrapvz.tests.sample.PrintGeneration;
import org.bootstrapvz.tests.sample.PrintingPlugin;
import org.bootstrapvz.tests.sample.Unruly;
import org.bootstrapvz.tests.sample.UnrulyProvider;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/**
 * A plugin is replaced repeatedly while four worker processes of the appliance build with it.
 * {@code -Dbootstrapvz.workerReplacements=200} is the number of replacements.
 */
@RunWith(PaxExam.class)
public class ReplacementsUnderWorkersIT {
  private static final Path CONF = Platform.WORK.resolve("replacements-conf");
  private static final String PRINTING = "org.acme.printing";
  private static final int REPLACEMENTS = Integer.getInteger("bootstrapvz.workerReplacements");
  private static final int WORKERS = 4;

  /** A replacement takes a tenth of the time of a build. */
  private static final int PER_BUILD = 5;

  /** Connections, and threads of pools, come and go. */
  private static final int VARYING = 12;

  private static final Pattern PLANNED = Pattern.compile("Printing generation (\\d+)");
  private static final Pattern RUN = Pattern.compile("This is generation (\\d+)\\.");

  @Inject private BundleContext context;
  private Platform platform;
  private ApplianceClient appliance;

  @Configuration
  public Option[] configuration() {
    return Platform.appliance(CONF, 20);
  }

  @Before
  public void startAppliance() throws Exception {
    Files.createDirectories(CONF);
    Files.writeString(CONF.resolve("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    Files.writeString(
        CONF.resolve("org.bootstrapvz.appliance.queue.cfg"), "concurrency = " + WORKERS + "\n");
    Platform.clean(ApplianceClient.STATE);
    platform = Platform.start(context);
    platform.startAppliance();
    appliance = new ApplianceClient();
  }

  @After
  public void stopAppliance() throws Exception {
    platform.stopAppliance();
  }

  private void deploy(int generation) throws Exception {
    Path jar =
        new SampleBundle(PRINTING, "1.0." + generation)
            .plugin("printing", PrintingPlugin.class)
            .task(
                PrintGeneration.class,
                Phase.SYSTEM_MODIFICATION,
                "Printing generation " + generation)
            .type("org.bootstrapvz.tests.sample.Generation")
            .text("generation.txt", "generation " + generation)
            .write();
    platform.untilRegistered(
        Platform.task("Printing generation " + generation),
        () -> Platform.deploy(jar, "printing.jar"));
  }

  /** What a leak would make more. */
  private Map<String, Integer> counts() throws IOException {
    System.gc(); // a file that nobody closed is closed when it is collected
    Map<String, Integer> counts = new TreeMap<>();
    counts.put("bundles", context.getBundles().length);
    counts.put("threads", Thread.getAllStackTraces().size());
    try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
      counts.put("handles", (int) handles.count());
    }
    // The framework keeps each bundle, and what a bundle stores, in directories of its own.
    Path storage = context.getDataFile("").toPath().getParent().getParent();
    try (Stream<Path> found = Files.walk(storage).filter(Files::isDirectory)) {
      counts.put("directories", (int) found.count());
    }
    for (Path folder : List.of(Platform.DEPLOY, Platform.STATE.resolve("journal"))) {
      try (Stream<Path> found = Files.list(folder)) {
        counts.put("files in " + folder.getFileName(), (int) found.count());
      }
    }
    counts.put(
        "workers",
        (int)
            ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().commandLine().orElse("").contains(" worker"))
                .count());
    return counts;
  }

  private String build(String id) throws Exception {
    String build = appliance.ended(id);
    String log = appliance.get("/api/v1/builds/" + id + "/log?limit=100000");
    assertTrue(build + log, build.contains("\"state\":\"succeeded\""));
    Matcher planned = PLANNED.matcher(log);
    Matcher run = RUN.matcher(log);
    assertTrue(log, planned.find() && run.find());
    assertEquals("a task of one generation ran code of another", planned.group(1), run.group(1));
    return run.group(1);
  }

  @Test
  public void noBuildOfAWorkerIsDisturbedByReplacementsAndNothingIsLeaked() throws Exception {
    Path unruly =
        new SampleBundle("org.acme.unruly", "1.0.0")
            .importing("org.bootstrapvz.api.host;version=\"[1,2)\"")
            .provider("unruly", UnrulyProvider.class)
            .task(Unruly.class, Phase.PREPARATION, "Doing what the name says")
            .write();
    Platform.deploy(unruly, "unruly.jar");
    platform.awaitCatalog("unruly", ExtensionInfo.State.ACTIVE);
    String manifest =
        Files.readString(SampleManifest.write("workers", "printing: {}"))
            .replace("provider:\n  name: sample", "provider:\n  name: unruly");
    int generation = 0;
    deploy(generation);
    List<String> running = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      running.add(appliance.submit(manifest));
    }
    for (String id : running) {
      build(id);
    }
    Map<String, Integer> before = counts();
    running.clear();
    int builds = 0;
    List<String> generations = new ArrayList<>();
    long start = System.nanoTime();
    while (generation < REPLACEMENTS) {
      for (String id : List.copyOf(running)) {
        if (appliance.hasEnded(id)) {
          running.remove(id);
          generations.add(build(id));
        }
      }
      while (running.size() < WORKERS) {
        running.add(appliance.submit(manifest));
        builds++;
      }
      deploy(++generation);
      if (generation % PER_BUILD == 0) {
        StallDetector.ofThisProcess()
            .until(
                () -> "none of the builds ends: " + running,
                () -> running.stream().anyMatch(appliance::hasEnded));
      }
    }
    for (String id : running) {
      generations.add(build(id));
    }
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertEquals(Integer.toString(generation), build(appliance.submit(manifest)));
    Map<String, Integer> after = new TreeMap<>();
    platform.untilThereAre(1, PRINTING);
    StallDetector.ofThisProcess()
        .until(
            () -> "left over: " + before + " became " + after,
            () -> {
              try {
                after.putAll(counts());
              } catch (IOException e) {
                return false; // A directory was deleted meanwhile.
              }
              return isNotMore(before, after);
            });
    System.out.printf(
        "replacements: %d in %d s while %d builds ran in %d workers, with %d of the generations;"
            + " none failed%nreplacements: before %s%nreplacements: after  %s%n",
        REPLACEMENTS,
        seconds,
        builds,
        WORKERS,
        generations.stream().distinct().count(),
        before,
        after);
  }

  private static boolean isNotMore(Map<String, Integer> before, Map<String, Integer> after) {
    return before.entrySet().stream()
        .allMatch(
            each ->
                after.get(each.getKey())
                    <= each.getValue()
                        + (List.of("threads", "handles").contains(each.getKey()) ? VARYING : 0));
  }
}

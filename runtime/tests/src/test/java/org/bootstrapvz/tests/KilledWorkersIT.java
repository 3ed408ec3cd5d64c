/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.testkit.StallDetector;
import org.bootstrapvz.tests.sample.QuickProvider;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/**
 * Worker processes are killed at random times while they create volumes of an empty root. {@code
 * -Dbootstrapvz.workerKills=100} is the number of kills, {@code -Dbootstrapvz.seed=N} repeats the
 * times of an earlier run.
 */
@RunWith(PaxExam.class)
public class KilledWorkersIT {
  private static final Path CONF = Platform.WORK.resolve("killed-conf");
  private static final int KILLS = Integer.getInteger("bootstrapvz.workerKills");
  private static final long SEED = Long.getLong("bootstrapvz.seed", 1);
  private static final int LONGEST_MILLIS = 2000;
  private static final List<String> BACKINGS = List.of("raw", "qcow2", "vmdk", "vdi");

  @Inject private BundleContext context;
  private Platform platform;
  private ApplianceClient appliance;

  @Configuration
  public Option[] configuration() {
    return Platform.appliance(CONF);
  }

  @Before
  public void startAppliance() throws Exception {
    Files.createDirectories(CONF);
    Files.writeString(CONF.resolve("org.bootstrapvz.appliance.http.cfg"), "port = 0\n");
    Files.writeString(CONF.resolve("org.bootstrapvz.appliance.queue.cfg"), "concurrency = 1\n");
    Platform.clean(ApplianceClient.STATE);
    platform = Platform.start(context);
    platform.startAppliance();
    appliance = new ApplianceClient();
    Path jar =
        new SampleBundle("org.acme.quick", "1.0.0")
            .provider("quick", QuickProvider.class)
            .type("org.bootstrapvz.tests.sample.TinyProvider")
            .write();
    Platform.deploy(jar, "quick.jar");
    platform.awaitCatalog("quick", ExtensionInfo.State.ACTIVE);
  }

  @After
  public void stopAppliance() throws Exception {
    platform.stopAppliance();
  }

  private static Stream<ProcessHandle> workers() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().commandLine().orElse("").contains("launcher.jar worker"));
  }

  /**
   * Waits for the worker of a build, and kills it after a time, unless it has ended before.
   *
   * @param later after its first task has started
   */
  private boolean kill(String id, boolean later, Random random) throws Exception {
    Optional<ProcessHandle> worker =
        StallDetector.ofThisProcess()
            .first(
                () -> "no worker for build " + id,
                () -> {
                  Optional<ProcessHandle> found = workers().findFirst();
                  return found.isPresent() || appliance.hasEnded(id)
                      ? Optional.of(found)
                      : Optional.empty();
                });
    if (worker.isEmpty()) {
      return false;
    }
    if (later) {
      StallDetector.ofThisProcess()
          .until(() -> "no task of build " + id, () -> hasTask(id) || !worker.get().isAlive());
    }
    try {
      int moment = random.nextInt(later ? LONGEST_MILLIS / 10 : LONGEST_MILLIS);
      worker.get().onExit().get(moment, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return worker.get().destroyForcibly();
    }
  }

  private boolean hasTask(String id) {
    try {
      return !appliance.get("/api/v1/builds/" + id).contains("\"task\":\"\"");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The files of loop devices. Without a command, which would use the CPU at each look. */
  private static List<String> loopDevices() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> devices = Files.list(Path.of("/sys/block"))) {
      for (Path device : devices.toList()) {
        Path file = device.resolve("loop/backing_file");
        if (Files.exists(file)) {
          files.add(Files.readString(file));
        }
      }
    }
    return files;
  }

  /** The artefacts that a build lists, as paths in the directory of all builds. */
  private static List<String> listed(String id, String build) {
    String artefacts = build.replaceFirst("(?s).*\"artefacts\":\\[(.*?)\\].*", "$1");
    return Pattern.compile("\"name\":\"([^\"]+)\"")
        .matcher(artefacts)
        .results()
        .map(match -> id + "/" + match.group(1))
        .toList();
  }

  /** What builds have left: mounts, loop devices, processes, journals, files. */
  private static List<String> leftovers(Set<String> delivered) throws IOException {
    String work = Platform.STATE.toString();
    List<String> found = new ArrayList<>();
    Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .filter(line -> line.contains(work))
        .forEach(found::add);
    loopDevices().stream().filter(file -> file.contains(work)).forEach(found::add);
    ProcessHandle.current().descendants().map(Object::toString).forEach(found::add);
    for (Path folder :
        List.of(
            Platform.STATE.resolve("journal"),
            Platform.STATE.resolve("isolated"),
            ApplianceClient.STATE.resolve("scratch"))) {
      if (!Files.exists(folder)) {
        continue; // Isolated builds have a journal of their own.
      }
      try (Stream<Path> files = Files.list(folder)) {
        files.map(Path::toString).forEach(found::add);
      }
    }
    Path builds = ApplianceClient.STATE.resolve("builds");
    try (Stream<Path> files = Files.walk(builds)) {
      files
          .map(builds::relativize)
          // The empty directory of a build stays as long as its history.
          .filter(file -> file.getNameCount() > 1)
          .map(Path::toString)
          .filter(file -> !delivered.contains(file))
          .forEach(found::add);
    }
    return found;
  }

  @Test
  public void whereverAWorkerIsKilledItsBuildFailsSaysSoAndLeavesNothing() throws Exception {
    Random random = new Random(SEED);
    Set<String> delivered = new TreeSet<>();
    int succeeded = 0;
    int killed = 0;
    int builds = 0;
    while (killed < KILLS) {
      String backing = BACKINGS.get(builds % BACKINGS.size());
      String manifest =
          Files.readString(SampleManifest.write("killed", "{}"))
              .replace("name: sample\nprovider", "name: killed-" + backing + "\nprovider")
              .replace("name: sample", "name: quick")
              .replace("backing: raw", "backing: " + backing)
              .replace("type: none", "type: gpt")
              .replace("size: 1GiB", "size: 128MiB");
      String id = appliance.submit(manifest);
      builds++;
      boolean kill = kill(id, builds % 3 != 0, random);
      String build = appliance.ended(id);
      // A build that was killed after its artefact was complete lists it, although it failed.
      delivered.addAll(listed(id, build));
      if (build.contains("\"state\":\"succeeded\"")) {
        succeeded++; // It was killed after its last event, or not at all.
        assertEquals(1, listed(id, build).size());
      } else {
        assertTrue(build, kill);
        assertTrue(build, build.contains("\"state\":\"failed\""));
        assertTrue(build, build.contains("was ended by the signal SIGKILL"));
        assertTrue(build, build.contains("\"attempt\":1"));
      }
      killed += kill ? 1 : 0;
      List<String> left = new ArrayList<>();
      StallDetector.ofThisProcess()
          .until(
              () -> "build " + id + ", seed " + SEED + ": still there: " + left,
              () -> {
                left.clear();
                try {
                  left.addAll(leftovers(delivered));
                } catch (IOException e) {
                  return false; // A file was deleted meanwhile.
                }
                return left.isEmpty();
              });
    }
    assertEquals(
        builds, appliance.get("/api/v1/builds?limit=1000").split("\"id\":", -1).length - 1);
    System.out.printf(
        "kills: %d workers with seed %d, %d builds of %s, %d succeeded, nothing left%n",
        killed, SEED, builds, BACKINGS, succeeded);
  }
}

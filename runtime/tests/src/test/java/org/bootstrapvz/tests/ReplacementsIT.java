/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.inject.Inject;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.StallDetector;
import org.bootstrapvz.tests.sample.Hold;
import org.bootstrapvz.tests.sample.Mark;
import org.bootstrapvz.tests.sample.MarkerPlugin;
import org.bootstrapvz.tests.sample.SampleProvider;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;

/**
 * A plugin is replaced repeatedly while builds use it. {@code -Dbootstrapvz.replacements=1000} is
 * the number of replacements; runtime/bench/replacements prints the measurements.
 */
@RunWith(PaxExam.class)
public class ReplacementsIT {
  private static final String MARKER = "org.acme.marker";
  private static final int REPLACEMENTS = Integer.getInteger("bootstrapvz.replacements");

  /** After this number, all one-time allocations have happened. */
  private static final int WARM = 100;

  private static final int BUILDERS = 2;
  private static final long MEBIBYTE = 1 << 20;

  @Inject private BundleContext context;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options(20)};
  }

  /** The memory in use after a garbage collection. */
  private record Memory(long heap, long metaspace, int classes, int bundles) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "heap %.1f MiB, metaspace %.1f MiB, %d classes, %d bundles",
          (double) heap / MEBIBYTE,
          (double) metaspace / MEBIBYTE,
          classes,
          bundles);
    }
  }

  private Memory memory() {
    System.gc();
    System.gc();
    return new Memory(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getName().equals("Metaspace"))
            .map(MemoryPoolMXBean::getUsage)
            .mapToLong(java.lang.management.MemoryUsage::getUsed)
            .sum(),
        ManagementFactory.getClassLoadingMXBean().getLoadedClassCount(),
        context.getBundles().length);
  }

  private static Path marker(int generation) throws Exception {
    return new SampleBundle(MARKER, "1.0." + generation)
        .plugin("marker", MarkerPlugin.class)
        .task(Mark.class, Phase.SYSTEM_MODIFICATION, "Marking " + generation)
        .type("org.bootstrapvz.tests.sample.Generation")
        .text("generation.txt", "generation " + generation)
        .write();
  }

  /** Runs builds until the work is done; returns the number of builds. */
  private static Callable<Integer> building(Builder builder, Path manifest, CountDownLatch done) {
    return () -> {
      int builds = 0;
      while (done.getCount() > 0) {
        BuildResult result = builder.build(BuildRequest.of(manifest), event -> {});
        assertEquals(
            result.error() + " " + result.problems(),
            BuildResult.Status.SUCCEEDED,
            result.status());
        assertEquals(List.of(), result.notReleased());
        builds++;
      }
      return builds;
    };
  }

  @Test
  public void aPluginReplacedRepeatedlyUnderLoadFailsNoBuildAndLeavesNothing() throws Exception {
    Platform platform = Platform.start(context);
    System.getProperties().put(Hold.RUNNING, new CountDownLatch(0));
    System.getProperties().put(Hold.GO_ON, new CountDownLatch(0));
    platform.untilRegistered(
        Platform.task("Holding"),
        () ->
            Platform.deploy(
                new SampleBundle("org.acme.sample", "1.0.0")
                    .provider("sample", SampleProvider.class)
                    .task(Hold.class, Phase.PREPARATION, "Holding")
                    .write(),
                "sample.jar"));
    platform.untilRegistered(
        Platform.task("Marking 0"), () -> Platform.deploy(marker(0), "marker.jar"));
    int bundles = context.getBundles().length;
    Builder builder = platform.service(Builder.class);
    Path manifest = SampleManifest.write("replacements", "marker: {}");
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    Optional<Memory> warm = Optional.empty();
    CountDownLatch done = new CountDownLatch(1);
    ExecutorService people = Executors.newFixedThreadPool(BUILDERS);
    List<Future<Integer>> building = new ArrayList<>();
    long start = System.nanoTime();
    int builds = 0;
    try {
      for (int i = 0; i < BUILDERS; i++) {
        building.add(people.submit(building(builder, manifest, done)));
      }
      for (int generation = 1; generation <= REPLACEMENTS; generation++) {
        Path jar = marker(generation);
        platform.untilRegistered(
            Platform.task("Marking " + generation), () -> Platform.deploy(jar, "marker.jar"));
        for (Bundle bundle : platform.bundles(MARKER)) {
          Optional.ofNullable(bundle.adapt(BundleWiring.class))
              .map(BundleWiring::getClassLoader)
              .ifPresent(loader -> loaders.add(new WeakReference<>(loader)));
        }
        if (generation == WARM) {
          warm = Optional.of(memory());
        }
        for (Future<Integer> one : building) {
          assertTrue("a build failed", !one.isDone() || one.get() > 0);
        }
      }
    } finally {
      done.countDown();
      for (Future<Integer> one : building) {
        builds += StallDetector.ofThisProcess().get(() -> "the builds", one);
      }
      people.shutdown();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    platform.untilThereAre(1, MARKER);
    assertEquals("the bundles are as many as before", bundles, context.getBundles().length);
    BuildResult last = builder.build(BuildRequest.of(manifest), event -> {});
    assertEquals(BuildResult.Status.SUCCEEDED, last.status());
    assertEquals("generation " + REPLACEMENTS, System.getProperty(Mark.SEEN));

    Memory after = memory();
    long alive = loaders.stream().map(WeakReference::get).filter(x -> x != null).distinct().count();
    System.out.printf(
        "replacements: %d in %.0f s, %d builds meanwhile, none failed%n"
            + "replacements: after %d: %s%nreplacements: after %d: %s%n"
            + "replacements: class loaders of the plugin that are left: %d%n",
        REPLACEMENTS, seconds, builds, WARM, warm.orElseThrow(), REPLACEMENTS, after, alive);
    assertTrue("builds ran meanwhile: " + builds, builds >= REPLACEMENTS / 10);
    assertTrue("class loaders that are left: " + alive, alive <= 2);
    assertTrue(warm + " became " + after, after.heap() < warm.get().heap() + 4 * MEBIBYTE);
    // A leaked generation has at least 15 KiB; the memory of unloaded classes is not returned
    // completely.
    assertTrue(
        warm + " became " + after, after.metaspace() < warm.get().metaspace() + 4 * MEBIBYTE);
    assertTrue(warm + " became " + after, after.classes() < warm.get().classes() + 100);
    assertTrue("no jar is left", Files.list(Platform.DEPLOY).count() == 2);
  }
}

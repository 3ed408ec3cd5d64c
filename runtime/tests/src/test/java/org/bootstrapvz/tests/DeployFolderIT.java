/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.testkit.StallDetector;
import org.bootstrapvz.tests.sample.Hold;
import org.bootstrapvz.tests.sample.Mark;
import org.bootstrapvz.tests.sample.MarkerPlugin;
import org.bootstrapvz.tests.sample.SampleProvider;
import org.bootstrapvz.tests.sample.Throwing;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;

/** Bundles are added, changed and removed in the deploy directory while builds run. */
@RunWith(PaxExam.class)
public class DeployFolderIT {
  private static final String MARKER = "org.acme.marker";

  @Inject private BundleContext context;
  private Platform platform;
  private final CountDownLatch running = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatform() throws Exception {
    platform = Platform.start(context);
    System.getProperties().put(Hold.RUNNING, running);
    System.getProperties().put(Hold.GO_ON, goOn);
    System.clearProperty(Mark.SEEN);
    platform.untilRegistered(
        Platform.task("Holding"),
        () ->
            Platform.deploy(
                new SampleBundle("org.acme.sample", "1.0.0")
                    .provider("sample", SampleProvider.class)
                    .task(Hold.class, Phase.PREPARATION, "Holding")
                    .write(),
                "sample.jar"));
  }

  private static Path marker(int generation) throws IOException {
    return new SampleBundle(MARKER, generation + ".0.0")
        .plugin("marker", MarkerPlugin.class)
        .task(Mark.class, Phase.SYSTEM_MODIFICATION, "Marking " + generation)
        .type("org.bootstrapvz.tests.sample.Generation")
        .text("generation.txt", "generation " + generation)
        .write();
  }

  private List<String> plannedDescriptions(Path manifest) {
    Planning planning = platform.service(Planner.class).plan(manifest);
    assertTrue(planning.problems().toString(), planning.plan().isPresent());
    return planning.plan().get().tasks().stream().map(task -> task.description()).toList();
  }

  /** The services of a generation are registered shortly before it becomes the current one. */
  private void awaitPlan(Path manifest, List<String> expected) throws InterruptedException {
    StallDetector.ofThisProcess()
        .until(
            () -> "not " + expected + " but " + plannedDescriptions(manifest),
            () -> plannedDescriptions(manifest).equals(expected));
  }

  private CompletableFuture<BuildResult> build(Path manifest) {
    Builder builder = platform.service(Builder.class);
    return CompletableFuture.supplyAsync(
        () -> builder.build(BuildRequest.of(manifest), event -> {}));
  }

  private static <T> T got(CompletableFuture<T> future) throws Exception {
    return StallDetector.ofThisProcess().get(() -> "the future", future);
  }

  private static BuildResult await(CompletableFuture<BuildResult> build) throws Exception {
    BuildResult result = got(build);
    assertEquals(result.error().toString(), BuildResult.Status.SUCCEEDED, result.status());
    return result;
  }

  @Test
  public void aReplacedJarIsUsedByTheNextPlanWhileTheRunningBuildEndsWithTheOldOne()
      throws Exception {
    Path manifest = SampleManifest.write("replaced", "marker: {}");
    platform.untilRegistered(
        Platform.task("Marking 1"), () -> Platform.deploy(marker(1), "marker.jar"));
    assertEquals(List.of("Holding", "Marking 1"), plannedDescriptions(manifest));

    CompletableFuture<BuildResult> build = build(manifest);
    Platform.await("running", running);
    platform.untilRegistered(
        Platform.task("Marking 2"), () -> Platform.deploy(marker(2), "marker.jar"));

    awaitPlan(manifest, List.of("Holding", "Marking 2"));
    assertEquals("both generations are there", 2, platform.bundles(MARKER).size());
    platform.untilUninstalled(
        bundle -> MARKER.equals(bundle.getSymbolicName()),
        () -> {
          goOn.countDown();
          await(build);
        });
    assertEquals("generation 1", System.getProperty(Mark.SEEN));
    assertEquals("2.0.0", platform.bundles(MARKER).get(0).getVersion().toString());
    assertEquals(1, platform.bundles(MARKER).size());

    await(build(manifest));
    assertEquals("generation 2", System.getProperty(Mark.SEEN));
  }

  @Test
  public void aRemovedJarIsUnknownToTheNextPlanAndTheRunningBuildUsesItToTheEnd() throws Exception {
    Path manifest = SampleManifest.write("removed", "marker: {}");
    platform.untilRegistered(
        Platform.task("Marking 1"), () -> Platform.deploy(marker(1), "marker.jar"));
    CompletableFuture<BuildResult> build = build(manifest);
    Platform.await("running", running);

    Files.delete(Platform.DEPLOY.resolve("marker.jar"));
    CountDownLatch gone = new CountDownLatch(1);
    CompletableFuture<Planning> without =
        CompletableFuture.supplyAsync(
            () -> {
              Planning planning;
              do {
                planning = platform.service(Planner.class).plan(manifest);
              } while (planning.plan().isPresent() && gone.getCount() > 0);
              return planning;
            });
    Planning planning;
    try {
      planning = got(without);
    } finally {
      gone.countDown();
    }
    assertTrue(planning.problems().toString(), planning.problems().toString().contains("marker"));

    platform.untilUninstalled(
        bundle -> MARKER.equals(bundle.getSymbolicName()),
        () -> {
          goOn.countDown();
          await(build);
        });
    assertEquals("generation 1", System.getProperty(Mark.SEEN));
  }

  @Test
  public void aJarWithAMissingImportWaitsAndNamesItUntilItIsAvailable() throws Exception {
    Path lonely =
        new SampleBundle("org.acme.lonely", "1.0.0")
            .importing("org.acme.missing;version=\"[2,3)\"")
            .plugin("lonely", MarkerPlugin.class)
            .type("org.bootstrapvz.tests.sample.Generation")
            .task(Mark.class, Phase.SYSTEM_MODIFICATION, "Marking lonely")
            .write();
    Platform.deploy(lonely, "lonely.jar");
    ExtensionInfo waiting = platform.awaitCatalog("org.acme.lonely", ExtensionInfo.State.WAITING);
    assertTrue(waiting.missing(), waiting.missing().contains("org.acme.missing"));

    platform.untilRegistered(
        Platform.task("Marking lonely"),
        () -> {
          SampleBundle missing = new SampleBundle("org.acme.library", "2.1.0");
          missing.text("org/acme/missing/Empty.txt", "");
          Platform.deploy(missing.exporting("org.acme.missing;version=2.1").write(), "library.jar");
        });
  }

  @Test
  public void aFileThatIsNotABundleIsRefusedWithTheReason() throws Exception {
    Path notes = Files.createTempFile(Platform.WORK, "notes", ".jar");
    Files.writeString(notes, "just some notes");
    Platform.deploy(notes, "notes.jar");
    ExtensionInfo refused = platform.awaitCatalog("notes.jar", ExtensionInfo.State.REFUSED);
    assertTrue(refused.missing(), !refused.missing().isBlank());
    assertTrue(refused.missing(), !refused.missing().contains("Exception"));
  }

  @Test
  public void aTaskThatThrowsFailsTheBuildWithAMessageAndItsWorkspaceIsDeleted() throws Exception {
    Path manifest = SampleManifest.write("throwing", "broken: {}");
    platform.untilRegistered(
        Platform.task("Throwing"),
        () ->
            Platform.deploy(
                new SampleBundle("org.acme.broken", "1.0.0")
                    .plugin("broken", org.bootstrapvz.tests.sample.BrokenPlugin.class)
                    .type(Throwing.class.getName())
                    .task(Throwing.class, Phase.SYSTEM_MODIFICATION, "Throwing")
                    .write(),
                "broken.jar"));
    goOn.countDown();
    BuildResult result = got(build(manifest));
    assertEquals(BuildResult.Status.FAILED, result.status());
    assertEquals(java.util.Optional.of(Throwing.class.getName()), result.failedTask());
    assertTrue(result.error().get(), result.error().get().contains("a bug in the plugin"));
    assertEquals(List.of(), result.notReleased());
  }

  @Test
  public void aCycleBetweenTheTasksOfTwoBundlesIsShown() throws Exception {
    Path manifest = SampleManifest.write("circle", "marker: {}\nbroken: {}");
    String before = "bootstrapvz.task.before";
    platform.untilRegistered(
        Platform.task("Marking in a circle"),
        () ->
            Platform.deploy(
                new SampleBundle(MARKER, "1.0.0")
                    .plugin("marker", MarkerPlugin.class)
                    .task(
                        Mark.class,
                        Phase.SYSTEM_MODIFICATION,
                        "Marking in a circle",
                        java.util.Map.of(before, Throwing.class.getName()))
                    .write(),
                "marker.jar"));
    platform.untilRegistered(
        Platform.task("Throwing in a circle"),
        () ->
            Platform.deploy(
                new SampleBundle("org.acme.broken", "1.0.0")
                    .plugin("broken", org.bootstrapvz.tests.sample.BrokenPlugin.class)
                    .task(
                        Throwing.class,
                        Phase.SYSTEM_MODIFICATION,
                        "Throwing in a circle",
                        java.util.Map.of(before, Mark.class.getName()))
                    .write(),
                "broken.jar"));
    Planning planning = platform.service(Planner.class).plan(manifest);
    assertTrue(planning.plan().isEmpty());
    String problems = planning.problems().toString();
    for (String part : List.of("Mark", "Throwing", MARKER, "org.acme.broken")) {
      assertTrue(part + " in " + problems, problems.contains(part));
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/**
 * Every manifest of the distribution has a checked-in task list, so that a review shows the effect
 * of a change. They are in {@code src/test/resources/plans}; a run with a difference writes the new
 * ones to {@code target/plans}.
 */
@RunWith(PaxExam.class)
public class PlansIT {
  private static final Path MANIFESTS = Path.of(System.getProperty("bootstrapvz.manifests"));
  private static final Path EXPECTED = Path.of("src/test/resources/plans").toAbsolutePath();
  private static final Path ACTUAL = Path.of("target/plans").toAbsolutePath();

  @Inject private BundleContext context;
  private Platform platform;

  @Configuration
  public Option[] configuration() {
    return new Option[] {Platform.options()};
  }

  @Before
  public void startPlatform() throws Exception {
    platform = Platform.start(context);
  }

  /** What manifests name is in directories {@code files} next to them. */
  static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.walk(MANIFESTS)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(yml|yaml|json)"))
          .filter(file -> !MANIFESTS.relativize(file).toString().contains("/files/"))
          // What other manifests include.
          .filter(file -> !file.toString().matches(".*(/parts|\\.d)/[^/]*"))
          .sorted()
          .toList();
    }
  }

  /** The images that a manifest describes. */
  private List<ManifestSource> images(Path manifest) {
    return platform.service(Planner.class).rows(ManifestSource.of(manifest));
  }

  private Plan plan(Path manifest) {
    return plan(images(manifest).get(0));
  }

  private Plan plan(ManifestSource manifest) {
    Planning planning = platform.service(Planner.class).plan(manifest);
    String problems = planning.problems().toString();
    assertTrue(problems, planning.plan().isPresent());
    assertFalse(
        "No task declares a relation that its phase implies: " + problems,
        problems.contains("Remove the relation"));
    return planning.plan().get();
  }

  private static String taskList(Plan plan) {
    return plan.tasks().stream()
        .map(task -> task.phase().title() + ": " + task.id() + "\n")
        .collect(Collectors.joining());
  }

  @Test
  public void everyManifestHasTheCheckedInTaskList() throws IOException {
    List<String> different = new ArrayList<>();
    assertFalse(manifests().isEmpty());
    for (Path manifest : manifests()) {
      for (ManifestSource image : images(manifest)) {
        String row = image.row().isEmpty() ? "" : "." + String.join("-", image.row().values());
        String name = MANIFESTS.relativize(manifest) + row + ".txt";
        String actual = taskList(plan(image));
        Path expected = EXPECTED.resolve(name);
        if (!Files.exists(expected) || !Files.readString(expected).equals(actual)) {
          Path written = ACTUAL.resolve(name);
          Files.createDirectories(written.getParent());
          Files.writeString(written, actual);
          different.add("diff -u " + expected + " " + written);
        }
      }
    }
    assertEquals(List.of(), different);
  }

  @Test
  public void everyCheckedInTaskListBelongsToAManifest() throws IOException {
    try (Stream<Path> files = Files.walk(EXPECTED)) {
      for (Path list : files.filter(file -> file.toString().endsWith(".txt")).toList()) {
        Path manifest =
            MANIFESTS.resolve(
                EXPECTED.relativize(list).toString().replaceFirst("\\.yml.*$", ".yml"));
        assertTrue(list + " has no manifest", Files.exists(manifest));
      }
    }
  }

  @Test
  public void noPlanAttachesAnImageToADeviceOfTheHost() throws IOException {
    Set<String> attaching = Set.of("kpartx", "dmsetup", "losetup", "qemu-nbd", "modprobe");
    for (Path manifest : manifests()) {
      SortedSet<HostCommand> commands = plan(manifest).hostCommands();
      assertFalse(manifest + " asks for no command of the host at all", commands.isEmpty());
      assertTrue(
          manifest + " asks for " + commands,
          commands.stream().noneMatch(command -> attaching.contains(command.name())));
    }
  }

  @Test
  public void tasksThatPurgePackagesRunBeforeTheCleanup() throws IOException {
    String common = "org.bootstrapvz.common.";
    for (Path manifest : manifests()) {
      List<String> ids = plan(manifest).tasks().stream().map(task -> task.id()).toList();
      int purge = ids.indexOf(common + "apt.PurgeUnusedPackages");
      assertTrue(manifest + " purges", purge >= 0);
      for (String after :
          List.of("apt.AptClean", "apt.EnableDaemonAutostart", "cleanup.CleanTMP")) {
        int place = ids.indexOf(common + after);
        assertTrue(manifest + ": " + after, place < 0 || place > purge);
      }
    }
  }

  @Test
  public void keysAndSettingsOfAManifestAreWrittenAfterTheCopyOfAnEarlierBuildAndBeforeTheirUse()
      throws IOException {
    String text = Files.readString(MANIFESTS.resolve("examples/plugins/developer.yml"));
    String common = "org.bootstrapvz.common.";
    for (String copy : List.of("image", "folder")) {
      Path manifest = Platform.WORK.resolve("copy-of-" + copy + ".yml");
      Files.createDirectories(Platform.WORK);
      Files.writeString(
          manifest,
          text.replace("prebootstrapped: {}", "prebootstrapped: {" + copy + ": earlier}")
              + "  minimize_size: {dpkg: {exclude_docs: true}}\n"
              + "packages:\n  trusted-keys: [key.asc]\n"
              + "  apt.conf.d: {00retries: 'Acquire::Retries \"3\";'}\n");
      List<String> ids = plan(manifest).tasks().stream().map(task -> task.id()).toList();
      int restored =
          ids.indexOf(
              "org.bootstrapvz.plugin.prebootstrapped.CreateFrom"
                  + (copy.equals("image") ? "Image" : "Folder"));
      assertTrue(ids.toString(), restored >= 0);
      for (String written :
          List.of("apt.InstallTrustedKeys", "apt.WriteConfiguration", "dpkg.CreateDpkgCfg")) {
        int place = ids.indexOf(common + written);
        assertTrue(written + " in " + ids, place > restored);
        assertTrue(written + " in " + ids, place < ids.indexOf(common + "apt.AptUpdate"));
      }
    }
  }

  @Test
  public void thePlanDoesNotDependOnTheOrderInWhichBundlesStart() throws Exception {
    Path manifest = manifests().get(0);
    String before = taskList(plan(manifest));
    for (String name : List.of("org.bootstrapvz.common", "org.bootstrapvz.provider.kvm")) {
      for (Bundle bundle : platform.bundles(name)) {
        bundle.stop();
      }
    }
    for (String name : List.of("org.bootstrapvz.provider.kvm", "org.bootstrapvz.common")) {
      for (Bundle bundle : platform.bundles(name)) {
        bundle.start();
      }
    }
    assertEquals(before, taskList(plan(manifest)));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.StandardTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An appliance with the provider kvm and the standard types examines manifests. */
class ManifestExaminerTest {
  private static final String MANIFEST =
      """
      name: image
      provider: {name: kvm}
      bootstrapper: {workspace: images}
      system:
        release: trixie
        architecture: amd64
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
      volume:
        backing: qcow2
        partitions: {type: gpt, root: {filesystem: ext4, size: 1GiB}}
      plugins: {}
      """;

  @TempDir Path folder;

  private Examiner.Examined examine(String manifest) throws IOException {
    VolumeTypes types = StandardTypes.all();
    ManifestFiles reader = new ManifestFiles();
    Path file = Files.writeString(folder.resolve("image.yml"), manifest);
    return new ManifestExaminer(
            QueueSettings.Isolation.USER,
            reader,
            planned -> {
              List<Problem> problems = new ArrayList<>();
              reader.read(planned, types, problems::add);
              return new Planning(Optional.empty(), problems);
            },
            () -> installed(types),
            () -> types)
        .examine(file);
  }

  /** The result for a manifest whose plan contains the task that mounts the image. */
  private Examiner.Examined examineMounted(QueueSettings.Isolation isolation) throws IOException {
    VolumeTypes types = StandardTypes.all();
    ManifestFiles reader = new ManifestFiles();
    Path file = Files.writeString(folder.resolve("image.yml"), MANIFEST);
    PlannedTask task =
        new PlannedTask(
            "org.bootstrapvz.common.volume.CheckMountable",
            "volume.CheckMountable",
            Phase.VALIDATION,
            "Checking",
            "common",
            "1.0.0",
            List.of());
    return new ManifestExaminer(
            isolation,
            reader,
            planned ->
                new Planning(
                    reader
                        .read(planned, types, problem -> {})
                        .map(
                            manifest ->
                                new Plan(
                                    manifest,
                                    "kvm",
                                    List.of(),
                                    List.of(task),
                                    List.of(),
                                    new TreeSet<>())),
                    List.of()),
            () -> installed(types),
            () -> types)
        .examine(file);
  }

  @Test
  void aManifestThatNeedsRootIsRejectedIfNoBuildRunsAsRoot() throws IOException {
    Examiner.Examined examined = examineMounted(QueueSettings.Isolation.USER);
    assertTrue(examined.plan().isEmpty());
    String problem = examined.problems().toString();
    assertTrue(problem.contains("This image can only be made as root, because xfs"), problem);
    assertTrue(problem.contains("isolation = AS_NEEDED"), problem);
  }

  @Test
  void aManifestThatNeedsRootIsAcceptedIfTheOperatorAllowsIt() throws IOException {
    for (var isolation : List.of(QueueSettings.Isolation.AS_NEEDED, QueueSettings.Isolation.ROOT)) {
      Examiner.Examined examined = examineMounted(isolation);
      assertEquals(List.of(), examined.problems());
      assertTrue(examined.plan().isPresent());
    }
  }

  private static List<ExtensionInfo> installed(VolumeTypes types) {
    List<ExtensionInfo> all = new ArrayList<>(List.of(info(Kind.PROVIDER, "kvm")));
    types.bootloaders().forEach(type -> all.add(info(Kind.BOOTLOADER, type.name())));
    types.imageFormats().forEach(type -> all.add(info(Kind.IMAGE_FORMAT, type.name())));
    types.filesystems().forEach(type -> all.add(info(Kind.FILESYSTEM, type.name())));
    return all;
  }

  private static ExtensionInfo info(Kind kind, String name) {
    return new ExtensionInfo(kind, name, "", "", "", ExtensionInfo.State.ACTIVE, "");
  }

  @Test
  void aBuildNeedsItsProviderItsPluginsAndTheTypesOfItsVolume() throws IOException {
    Examiner.Examined examined = examine(MANIFEST.replace("{}", "{note: {text: Hello}}"));

    assertEquals(
        Set.of(
            "bootloader:grub",
            "filesystem:ext4",
            "image_format:qcow2",
            "plugin:note",
            "provider:kvm"),
        examined.needs());
    assertTrue(examined.missing(), "The plugin note");
    assertFalse(examine(MANIFEST).missing());
  }

  @ParameterizedTest
  @CsvSource({
    "backing: qcow2, backing: vhdx, image_format:vhdx",
    "bootloader: grub, bootloader: lilo, bootloader:lilo",
    "filesystem: ext4, filesystem: f2fs, filesystem:f2fs",
    "backing: qcow2, 'backing: vhdx, block_size: 1MiB', image_format:vhdx",
  })
  void anUnknownTypeAndItsKeysMayBeKnownToAnotherAppliance(
      String known, String unknown, String need) throws IOException {
    String lines = unknown.replace(", ", "\n  ");
    Examiner.Examined examined = examine(MANIFEST.replace(known, lines));

    assertFalse(examined.problems().isEmpty());
    assertTrue(examined.missing(), examined.problems().toString());
    assertTrue(examined.needs().contains(need), examined.needs().toString());
  }

  @Test
  void noOtherApplianceCanMendAnErrorElsewhere() throws IOException {
    assertFalse(examine(MANIFEST.replace("qcow2", "vhdx").replace("1GiB", "large")).missing());
  }

  @ParameterizedTest
  @CsvSource({
    "'plugins: {}', 'plugins: [a]', plugins",
    "'plugins: {}', 'plugins: a', plugins",
    "'{type: gpt, root: {filesystem: ext4, size: 1GiB}}', '[root]', volume.partitions",
    "'{type: gpt, root: {filesystem: ext4, size: 1GiB}}', root, volume.partitions",
    "'root: {filesystem: ext4, size: 1GiB}', 'root: [ext4]', volume.partitions.root",
    "'{name: kvm}', '[kvm]', provider",
    "'bootloader: grub', 'bootloader: [grub]', system.bootloader",
  })
  void somethingElseInThePlaceOfAMapOrOfANameIsAProblem(String right, String wrong, String path)
      throws IOException {
    Examiner.Examined examined = examine(MANIFEST.replace(right, wrong));

    assertTrue(
        examined.problems().stream().anyMatch(problem -> problem.path().equals(path)),
        examined.problems().toString());
    assertFalse(examined.missing());
  }
}

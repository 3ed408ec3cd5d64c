/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.FilesystemType;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.volume.internal.filesystem.Btrfs;
import org.bootstrapvz.volume.internal.filesystem.Ext2;
import org.bootstrapvz.volume.internal.filesystem.Ext3;
import org.bootstrapvz.volume.internal.filesystem.Ext4;
import org.bootstrapvz.volume.internal.filesystem.Xfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class VolumeLayoutTest {
  private static final Map<String, FilesystemType> TYPES =
      Map.of(
          "ext2",
          new Ext2(),
          "ext3",
          new Ext3(),
          "ext4",
          new Ext4(),
          "btrfs",
          new Btrfs(),
          "xfs",
          new Xfs());

  /** Sizes in MiB; the letters after a name say what the test adds to the layout. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gpt   | bios   | root=1024                            | bios 34s+2014s, root 1+1022
          gpt   | uefi   | root=1024                            | esp 1+64, root 65+958
          gpt   | hybrid | root=1024                            | bios 34s+2014s, esp 1+64, root 65+958
          gpt   | hybrid | esp=128 root=1024                    | bios 34s+2014s, esp 1+127, root 128+1023
          gpt   | bios   | root=832 swap=128 boot=64            | bios 34s+2014s, boot 1+63, swap 64+128, root 192+831
          gpt   | uefi   | swap=128 root=896                    | esp 1+64, swap 65+63, root 128+895
          gpt   | bios   | boot=1024 root=8192 tmp=1024 var=512 | bios 34s+2014s, boot 1+1023, root 1024+8192, tmp 9216+1024, var 10240+511
          msdos | bios   | root=1024                            | root* 1+1023
          msdos | bios   | boot=32 root=864 swap=128            | boot* 1+31, swap 32+128, root 160+864
          msdos | hybrid | root=1024                            | esp 1+64, root* 65+959
          msdos | uefi   | esp=64 root=1024 var=512             | esp 1+63, root* 64+1024, var 1088+512
          msdos | bios   | boot=32 swap=64 root=864 var=128     | boot* 1+31, swap 32+64, root 96+864, var 960+128
          msdos | bios   | boot=32 swap=64 root=864 var=128 srv=99 | boot* 1+31, swap 32+64, root 96+864, extended 960+227, var 961+127, srv 1089+98
          msdos | hybrid | boot=99 swap=99 root=864 var=128     | esp 1+64, boot* 65+34, swap 99+99, extended 198+992, root 199+863, var 1063+127
          none  | bios   | root=1024                            | root 0+1024
          """)
  void theLayoutFollowsFromTableFirmwareAndSizes(
      String table, String firmware, String partitions, String expected) {
    TestManifest manifest = manifest(table, firmware, partitions);
    if (table.equals("none")) {
      manifest.with("system.bootloader", "none");
    }
    assertEquals(List.of(), problems(manifest));

    VolumeLayout layout = VolumeLayout.of(manifest);

    assertEquals(
        expected,
        layout.partitions().stream()
            .map(VolumeLayoutTest::describe)
            .collect(Collectors.joining(", ")));
  }

  static Stream<TestManifest> combinations() {
    List<TestManifest> all = new ArrayList<>();
    for (String table : List.of("gpt", "msdos")) {
      for (String firmware : List.of("bios", "uefi", "hybrid")) {
        for (String esp : List.of("", "esp=100 ")) {
          for (String boot : List.of("", "boot=200 ")) {
            for (String swap : List.of("", "swap=300 ")) {
              all.add(manifest(table, firmware, esp + boot + swap + "root=2000"));
              all.add(manifest("gpt", firmware, boot + "root=2000 " + swap + "var=70 var/tmp=90"));
            }
          }
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void partitionsStartAtWholeMebibytesDoNotOverlapAndEndBeforeTheBackupTable(
      TestManifest manifest) {
    assertEquals(List.of(), problems(manifest));
    VolumeLayout layout = VolumeLayout.of(manifest);
    Bytes sum =
        manifest.at("volume.partitions").entries().values().stream()
            .filter(value -> value.isMap())
            .map(value -> value.get("size").size())
            .reduce(new Bytes(0), Bytes::plus);
    assertEquals(Sectors.of(sum), layout.size());

    Sectors end = new Sectors(layout.table() == TableType.GPT ? 34 : 1);
    for (Partition partition : layout.partitions()) {
      assertTrue(partition.start().compareTo(end) >= 0, layout.toString());
      if (partition.role() != Partition.Role.BIOS_BOOT) {
        assertEquals(0, partition.start().count() % 2048, layout.toString());
      }
      end = partition.end();
    }
    Sectors last = layout.size().minus(new Sectors(layout.table() == TableType.GPT ? 33 : 0));
    assertTrue(end.compareTo(last) <= 0, layout.toString());
  }

  @Test
  void sizesThatAreNotWholeMebibytesAreAlignedIfTheirSumIsWhole() {
    TestManifest manifest =
        new TestManifest()
            .withPartition("boot", "102912KiB", "ext2")
            .withPartition("root", "921088KiB", "ext4");

    assertEquals(List.of(), problems(manifest));
    assertEquals(
        "bios 34s+2014s, boot 1+100, root 101+898",
        VolumeLayout.of(manifest).partitions().stream()
            .map(VolumeLayoutTest::describe)
            .collect(Collectors.joining(", ")));
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, 4f68bce3-e8cd-4db1-96e7-fbcaf984b709",
    "i386, 44479540-f297-41b2-9af7-d131d5f0458a",
    "arm64, b921b045-1df0-41c3-af44-4c6f280d3fae",
    "riscv64, 72ec70a6-cf74-40e6-bd49-4bda08e8f224"
  })
  void theTypeOfTheRootIsThatOfTheArchitecture(String architecture, String type) {
    TestManifest manifest =
        manifest("gpt", "uefi", "root=1024").with("system.architecture", architecture);

    assertEquals(type, VolumeLayout.of(manifest).root().type());
  }

  @Test
  void theFilesystemOfAPathIsTheDeepestOneAboveIt() {
    VolumeLayout layout =
        VolumeLayout.of(manifest("gpt", "uefi", "root=900 boot=99 var/tmp=99 var=99"));

    assertEquals("root", layout.holding("/etc/fstab").name());
    assertEquals("boot", layout.holding("/boot/grub").name());
    assertEquals("/grub", layout.holding("/boot/grub").inside("/boot/grub"));
    assertEquals("esp", layout.holding("/boot/efi/EFI").name());
    assertEquals("var", layout.holding("/var/tmpfiles").name());
    assertEquals("var/tmp", layout.holding("/var/tmp").name());
    assertEquals("/", layout.holding("/var/tmp").inside("/var/tmp"));
    assertEquals(
        List.of("/", "/boot", "/var", "/boot/efi", "/var/tmp"),
        layout.mounted().stream().map(partition -> partition.mountPoint().orElseThrow()).toList());
  }

  @Test
  void commandsOfTheHostAreThoseOfTheFilesystemsAndTheFormat() {
    TestManifest manifest =
        manifest("gpt", "uefi", "root=900 swap=99").withPartition("var", "500MiB", "btrfs");
    manifest.with("volume.backing", "qcow2");

    assertEquals(
        "debugfs mcopy mke2fs mkfs.btrfs mkfs.vfat mkswap sfdisk",
        VolumeLayout.hostCommands(manifest).stream()
            .map(HostCommand::name)
            .collect(Collectors.joining(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gpt   | bios   | root=1                          | volume.partitions.root.size | leave 0B of its 1MiB   | at least 18MiB
          gpt   | hybrid | root=80                         | volume.partitions.root.size | leave 14MiB of its     | at least 82MiB
          gpt   | uefi   | swap=10 root=900                | volume.partitions.swap.size | leave 0B of its 10MiB  | at least 66MiB
          gpt   | uefi   | esp=10 root=900                 | volume.partitions.esp.size  | leave 9MiB of its      | at least 16MiB
          msdos | bios   | root=2097153                    | volume.partitions.type      | reaches 2TiB           | gpt
          none  | bios   | root=99 boot=99                 | volume.partitions.boot      | root filesystem only   | gpt
          gpt   | bios   | root=99 var=99 var/=99          | volume.partitions.var/      | mount point /var: var  | one
          gpt   | bios   | boot=99 root=99 /boot=99        | volume.partitions./boot     | mount point /boot:     | one
          gpt   | uefi   | root=99 boot/efi=99             | volume.partitions.boot/efi  | point /boot/efi: esp   | one
          gpt   | bios   | root=99 dev/shm=99              | volume.partitions.dev/shm   | covered by the /dev    | another
          gpt   | bios   | root=99 etc=99                  | volume.partitions.etc       | needs /etc before      | another
          gpt   | bios   | root=8388607999999 var=8388607999999 | volume.partitions      | more than any disk     | smaller
          gpt   | bios   | root=99 var/../etc=99           | volume.partitions.var/../etc| not a path             | var/tmp
          """)
  void anImpossibleLayoutIsAProblemWithItsRemedy(
      String table,
      String firmware,
      String partitions,
      String path,
      String message,
      String remedy) {
    List<Problem> problems = problems(manifest(table, firmware, partitions));

    assertTrue(
        problems.stream()
            .anyMatch(
                problem ->
                    problem.path().equals(path)
                        && problem.message().contains(message)
                        && problem.remedy().contains(remedy)),
        problems.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          volume.partitions.root.mode           | 0799      | not an octal mode              | 0755
          volume.partitions.root.size           | 1000000KB | a multiple of 1MiB             | set this to 977MiB
          name                                  | a/b       | cannot contain a slash         | Remove
          """)
  void anUnsupportedVolumeIsAProblemWithItsRemedy(
      String path, String value, String message, String remedy) {
    List<Problem> problems = problems(manifest("gpt", "bios", "root=1000").with(path, value));

    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).message().contains(message), problems.toString());
    assertTrue(problems.get(0).remedy().contains(remedy), problems.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "raw, 3000000, ''",
    "vdi, 3000000, ''",
    "qcow2, 3000000, ''",
    "vhd, 2088960, ''",
    "vhd, 2088961, 'The volume has 2088961MiB, and vhd holds at most 2040GiB'",
    "vmdk, 65011712, ''",
    "vmdk, 65011713, 'The volume has 65011713MiB, and vmdk holds at most 62TiB'"
  })
  void aVolumeIsNotLargerThanItsFormatCanHold(String backing, String size, String message) {
    List<Problem> problems =
        problems(manifest("gpt", "bios", "root=" + size).with("volume.backing", backing));

    assertEquals(
        message, problems.stream().map(Problem::message).collect(Collectors.joining(", ")));
  }

  @Test
  void aSizeThatIsNotAMultipleOfAGrainIsReportedWithTheNextMultiple() {
    TestManifest manifest = manifest("gpt", "bios", "boot=512 root=2000");
    List<Problem> problems = new ArrayList<>();

    VolumeLayout.checkGrain(
        manifest, Bytes.mebibytes(1024), "an image of the cloud", problems::add);

    assertEquals(
        "The volume has 2512MiB, and an image of the cloud has a multiple of 1GiB",
        problems.get(0).message());
    assertEquals("The next size that does is 3GiB: set this to 2560MiB", problems.get(0).remedy());
    problems.clear();
    manifest.with("volume.partitions.root.size", "2560MiB");
    VolumeLayout.checkGrain(
        manifest, Bytes.mebibytes(1024), "an image of the cloud", problems::add);
    assertEquals(List.of(), problems);
  }

  @Test
  void anInvalidVhdSizeIsReportedWithTheNextValidOne() {
    TestManifest manifest = new TestManifest().with("volume.backing", "vhd");
    manifest.withPartition("boot", "200MiB", "ext4").withPartition("root", "2000000KiB", "ext4");

    List<Problem> problems = problems(manifest);

    assertEquals(1, problems.size(), problems.toString());
    assertEquals("volume.partitions.root.size", problems.get(0).path());
    assertEquals(
        "The next size that does is 2154MiB: set this to 1954MiB", problems.get(0).remedy());
    assertEquals(List.of(), problems(manifest.with("volume.partitions.root.size", "1954MiB")));
  }

  @ParameterizedTest
  @CsvSource({
    "ext4, noatime, ''",
    "ext4, 'noatime,errors=remount-ro,x-systemd.growfs', ''",
    "ext4, compress=zstd, 'The filesystem ext4 has no mount option compress=zstd'",
    "ext2, data=writeback, 'The filesystem ext2 has no mount option data=writeback'",
    "ext3, data=writeback, ''",
    "xfs, errors=remount-ro, 'The filesystem xfs has no mount option errors=remount-ro'",
    "xfs, 'noatime,pquota', ''",
    "btrfs, 'compress=zstd:3,subvol=root', ''",
    "ext4, 'noatime,', 'The filesystem ext4 has no mount option '",
    "ext4, errors, 'The filesystem ext4 has no mount option errors'"
  })
  void aMountOptionTheFilesystemDoesNotKnowIsNamed(
      String filesystem, String option, String message) {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", filesystem);

    List<Problem> problems =
        problems(manifest.with("volume.partitions.root.mountopts", List.of("rw", option)));

    assertEquals(
        message, problems.stream().map(Problem::message).collect(Collectors.joining(", ")));
  }

  @Test
  void aMistypedMountOptionIsReportedWithASuggestion() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "ext4");

    List<Problem> problems =
        problems(manifest.with("volume.partitions.root.mountopts", List.of("noatme")));

    assertEquals("Did you mean noatime?", problems.get(0).remedy());
  }

  @Test
  void veryManyOrLongMountOptionsAreReportedQuickly() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "ext4");
    for (String options :
        List.of("noatme,".repeat(100_000), "x".repeat(900_000), "x-" + "y".repeat(900_000))) {
      manifest.with("volume.partitions.root.mountopts", List.of(options));
      List<Problem> problems =
          assertTimeoutPreemptively(Duration.ofSeconds(60), () -> problems(manifest));
      assertTrue(problems.size() <= 21, problems.size() + " problems");
      problems.forEach(problem -> assertTrue(problem.message().length() < 200));
    }
  }

  @Test
  void aMountPointOfVeryManyDirectoriesIsCheckedQuickly() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "ext4");
    manifest.withPartition("a/".repeat(100_000) + "a", "64MiB", "ext4");
    assertTimeoutPreemptively(Duration.ofSeconds(60), () -> problems(manifest));
  }

  @ParameterizedTest
  @CsvSource({"systemd-boot", "uki"})
  void aBootloaderThatNeedsUefiGetsAnEfiSystemPartitionWithRoomForKernels(String bootloader) {
    TestManifest manifest = new TestManifest().withPartition("root", "2GiB", "ext4");
    manifest.with("system.bootloader", bootloader);

    assertEquals(List.of(), problems(manifest));
    assertEquals("esp 1+512, root 513+1534", described(manifest));

    manifest.with("volume.partitions.esp.size", "64MiB");
    List<Problem> problems = problems(manifest);
    assertEquals("volume.partitions.esp.size", problems.get(0).path());
    assertTrue(problems.get(0).message().contains("64MiB is too small"), problems.toString());
    assertTrue(problems.get(0).remedy().contains("at least 96MiB"), problems.toString());
  }

  @Test
  void aPartitionLargerThanItsFilesystemCanBeIsReported() {
    TestManifest manifest = new TestManifest().withPartition("root", "20TiB", "ext3");
    assertEquals("ext3 holds at most 16TiB", problems(manifest).get(0).message());
    assertEquals("volume.partitions.root.size", problems(manifest).get(0).path());
    assertEquals(List.of(), problems(manifest.withPartition("root", "20TiB", "ext4")));
    assertEquals(List.of(), problems(manifest.withPartition("root", "16TiB", "ext3")));
  }

  @Test
  void aNameThatIsTooLongForAFileIsReported() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "ext4");
    assertEquals(List.of(), problems(manifest.with("name", "ü".repeat(110))));
    List<Problem> problems = problems(manifest.with("name", "ü".repeat(111)));
    assertEquals("name", problems.get(0).path());
    assertEquals("Shorten it to 220 bytes", problems.get(0).remedy());
  }

  @Test
  void withoutABootloaderThereIsNoEfiSystemPartition() {
    TestManifest manifest = new TestManifest().withPartition("root", "1GiB", "ext4");
    manifest.with("system.bootloader", "none").with("system.architecture", "arm64");

    assertEquals("root 1+1022", described(manifest));
  }

  @Test
  void extlinuxIsStartedThroughTheFlagOfItsPartition() {
    TestManifest manifest = manifest("gpt", "bios", "root=900 boot=99");
    manifest.with("system.bootloader", "extlinux");

    assertEquals(List.of(), problems(manifest));
    assertEquals("boot* 1+98, root 99+899", described(manifest));
    assertTrue(
        PartitionTable.script(VolumeLayout.of(manifest))
            .contains("name=\"boot\", attrs=\"LegacyBIOSBootable\"\n"));
  }

  @Test
  void onlyABtrfsHasSubvolumesAndTheyNeedAMount() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "btrfs");
    assertFalse(VolumeLayout.needsMount(manifest));
    manifest.with("volume.partitions.root.subvolumes", List.of("var/log", "home"));

    assertEquals(List.of(), problems(manifest));
    assertTrue(VolumeLayout.needsMount(manifest));
    assertEquals(List.of("home", "var/log"), VolumeLayout.of(manifest).root().subvolumes());

    manifest.with("volume.partitions.root.subvolumes", List.of("/home", "a/../b"));
    assertEquals(
        List.of("volume.partitions.root.subvolumes.0", "volume.partitions.root.subvolumes.1"),
        problems(manifest).stream().map(Problem::path).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "amd64, systemd-boot, x86_64-efi, BOOTX64.EFI, grub-efi-amd64",
    "i386, uki, i386-efi, BOOTIA32.EFI, grub-efi-ia32",
    "arm64, grub, arm64-efi, BOOTAA64.EFI, grub-efi-arm64",
    "riscv64, grub, riscv64-efi, BOOTRISCV64.EFI, grub-efi-riscv64"
  })
  void eachArchitectureBootsFromUefi(
      String architecture, String bootloader, String grub, String file, String grubPackage) {
    TestManifest manifest = new TestManifest().withPartition("root", "2GiB", "ext4");
    manifest.with("system.architecture", architecture).with("system.firmware", "uefi");
    manifest.with("system.bootloader", bootloader);

    assertEquals(List.of(), problems(manifest));
    assertEquals(Partition.Role.ESP, VolumeLayout.of(manifest).partitions().get(0).role());
    assertEquals(grub, EfiPlatform.of(manifest).grub());
    assertEquals(file, EfiPlatform.of(manifest).bootFile());
    assertEquals(grubPackage, EfiPlatform.of(manifest).debianPackage());
  }

  @Test
  void aDirectoryHasNeitherPartitionsNorABootloader() {
    TestManifest manifest = new TestManifest().withPartition("root", "900MiB", "ext4");
    manifest.with("volume.backing", "folder");

    assertEquals(
        List.of("volume.partitions.type", "system.bootloader"),
        problems(manifest).stream().map(Problem::path).toList());
    manifest.with("volume.partitions.type", "none").with("system.bootloader", "none");
    assertEquals(List.of(), problems(manifest));
    assertEquals(0, VolumeLayout.hostCommands(manifest).size());
  }

  @Test
  void logicalPartitionsAreInAnExtendedOne() {
    TestManifest manifest =
        manifest("msdos", "bios", "boot=32 swap=64 root=864 var=128 var/tmp=64 srv=64");
    VolumeLayout layout = VolumeLayout.of(manifest);

    assertEquals(
        "5 6 7",
        layout.partitions().stream()
            .filter(partition -> partition.role() == Partition.Role.EXTRA)
            .map(partition -> String.valueOf(partition.index()))
            .collect(Collectors.joining(" ")));
    assertTrue(
        PartitionTable.script(layout)
            .contains("start=1966080, size=524288, type=5\nstart=1968128, size=260096, type=83\n"));
  }

  @Test
  void theModeOfABtrfsCannotBeSet() {
    TestManifest manifest = new TestManifest().withPartition("root", "1000MiB", "btrfs");

    assertEquals(List.of(), problems(manifest));
    List<Problem> problems = problems(manifest.with("volume.partitions.root.mode", "0700"));
    assertEquals("volume.partitions.root.mode", problems.get(0).path());
  }

  @ParameterizedTest
  @CsvSource({
    "mkfs.{fs} -O ^64bit {device_path}, true",
    "/sbin/mke2fs -t ext4 {device_path}, true",
    "mkfs.{fs} /dev/sda, false",
    "mkfs.btrfs {device_path}, false",
    "dd of={device_path}, false"
  })
  void aFormatCommandMustBeAbleToFillTheFilesystem(String command, boolean accepted) {
    TestManifest manifest =
        manifest("gpt", "bios", "root=1000")
            .with("volume.partitions.root.format_command", List.of(command.split(" ")));

    assertEquals(accepted, problems(manifest).isEmpty());
  }

  @Test
  void anArm64ImageBootsFromUefiByDefault() {
    TestManifest manifest =
        new TestManifest()
            .with("system.architecture", "arm64")
            .withPartition("root", "1GiB", "ext4");

    assertEquals(List.of(), problems(manifest));
    assertEquals(Partition.Role.ESP, VolumeLayout.of(manifest).partitions().get(0).role());
  }

  private static String described(TestManifest manifest) {
    return VolumeLayout.of(manifest).partitions().stream()
        .map(VolumeLayoutTest::describe)
        .collect(Collectors.joining(", "));
  }

  private static List<Problem> problems(TestManifest manifest) {
    List<Problem> problems = new ArrayList<>();
    VolumeLayout.check(manifest, problems::add);
    manifest
        .at("volume.partitions")
        .entries()
        .values()
        .forEach(
            partition ->
                Optional.ofNullable(TYPES.get(partition.get("filesystem").text("")))
                    .ifPresent(type -> type.check(partition, manifest, problems::add)));
    return problems;
  }

  /** {@code root=1024 swap=128}, sizes in MiB. */
  private static TestManifest manifest(String table, String firmware, String partitions) {
    TestManifest manifest = new TestManifest().with("volume.partitions.type", table);
    manifest.with("system.firmware", firmware);
    for (String partition : partitions.strip().split(" +")) {
      String[] words = partition.split("=");
      manifest.withPartition(words[0], words[1] + "MiB", "ext4");
    }
    return manifest;
  }

  /** {@code root 1+1023}, in MiB; with an asterisk if active; in sectors if not on whole MiB. */
  private static String describe(Partition partition) {
    long start = partition.start().count();
    long length = partition.length().count();
    boolean whole = start % 2048 == 0 && length % 2048 == 0;
    return partition.name()
        + (partition.active() ? "* " : " ")
        + (whole ? start / 2048 + "+" + length / 2048 : start + "s+" + length + "s");
  }
}

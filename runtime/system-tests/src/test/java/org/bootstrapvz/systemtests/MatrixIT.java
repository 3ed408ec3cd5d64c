/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bootstrapvz.systemtests.DetachedImage.Content;
import org.bootstrapvz.systemtests.MatrixRow.Area;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rows of matrix.yml: each image is built, checked by tools of the host, booted and inspected
 * from the inside. {@code -Dbootstrapvz.matrix=REGEX} runs the rows with matching names instead of
 * the default ones, and {@code -Dbootstrapvz.life=REGEX} also upgrades the machines of matching
 * rows.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MatrixIT {
  private static final long MEBIBYTE = 1 << 20;

  /** The values that must be in the default rows. An lvm needs device mapper. */
  private static final Map<String, List<String>> AXES =
      Map.of(
          "architecture", List.of("amd64"),
          "bootloader", List.of("extlinux", "grub", "none", "systemd-boot", "uki"),
          "firmware", List.of("bios", "bios+uefi", "uefi"),
          "backing",
              List.of("folder", "qcow2", "raw", "vdi", "vhd", "vmdk", "vmdk streamOptimized"),
          "partition map", List.of("gpt", "msdos", "msdos logical", "msdos original", "none"),
          "filesystem",
              List.of("btrfs", "btrfs subvolumes", "ext2", "ext3", "ext4", "swap", "vfat", "xfs"));

  private final List<String> table = new ArrayList<>();
  private Distribution distribution;

  @BeforeAll
  void makeFolder() throws Exception {
    distribution = new Distribution("matrix");
    SharedBase.into(distribution);
  }

  static List<MatrixRow> rows() {
    String names = System.getProperty("bootstrapvz.matrix");
    return MatrixRow.read().stream()
        .filter(row -> names == null ? row.always() : row.name().matches(names))
        .toList();
  }

  @Test
  void everyValueOfEveryAxisIsInTheRowsThatAlwaysRun() {
    AXES.forEach(
        (axis, values) -> {
          Set<String> found =
              MatrixRow.read().stream()
                  .filter(MatrixRow::always)
                  .map(row -> row.values().get(axis))
                  .flatMap(Collection::stream)
                  .collect(Collectors.toCollection(TreeSet::new));
          assertEquals(values, List.copyOf(found), axis);
        });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void theImageOfARowBootsAndMatchesItsManifest(MatrixRow row) throws Exception {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("row", row.name());
    row.values().forEach((axis, values) -> cells.put(axis, String.join(", ", values)));
    try {
      Path image = build(row, cells);
      if (row.backing().equals("folder")) {
        bootFolder(row, image, cells);
      } else {
        DetachedImage detached = DetachedImage.check(image, row.table());
        checkSizes(row, detached);
        boot(row, image, detached, cells);
      }
      // The next row needs the space; the archive of the base system stays.
      for (Path file : delivered(row)) {
        DetachedImage.run("rm", "--recursive", file.toString());
      }
    } finally {
      addToTable(cells);
    }
  }

  // --- build ---

  private Path build(MatrixRow row, Map<String, String> cells) throws Exception {
    Path manifest = distribution.manifest(row.name() + ".yml", row.text());
    Distribution.Outcome built = distribution.run("build", manifest.toString());
    assertEquals(0, built.status(), built.output());
    assertFalse(built.output().contains("WARNING"), built.output());
    assertEquals(List.of(), distribution.leftovers());
    cells.put("build s", seconds("Total", built.output()));
    cells.put("of it delivery", seconds("Image registration", built.output()));
    return delivered(row).stream()
        .filter(file -> !file.toString().matches(".*\\.(vmlinuz|initrd|cmdline)"))
        .findFirst()
        .orElseThrow();
  }

  private List<Path> delivered(MatrixRow row) throws IOException {
    try (var files = Files.list(distribution.folder().resolve("images"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(row.name() + "."))
          .toList();
    }
  }

  /** A duration from the summary of a build. */
  private static String seconds(String title, String output) {
    Matcher line = Pattern.compile("(?m)^  " + title + " +(.*)$").matcher(output);
    assertTrue(line.find(), title + " in:\n" + output);
    Matcher time = Pattern.compile("(?:(\\d+) min )?([\\d.]+) s").matcher(line.group(1));
    assertTrue(time.matches(), line.group(1));
    int minutes = time.group(1) == null ? 0 : Integer.parseInt(time.group(1));
    return String.valueOf(
        Math.round(minutes * 600 + Double.parseDouble(time.group(2)) * 10) / 10.0);
  }

  // --- on the host ---

  /**
   * Partition table, alignment, and the settings that are not in the manifest are checked on the
   * partitions.
   */
  private static void checkSizes(MatrixRow row, DetachedImage image) {
    assertEquals(row.areas().stream().mapToLong(Area::size).sum(), image.size(), "the disk");
    long implicit = 0;
    if (row.firmwares().contains("uefi") && !row.hasEsp()) {
      implicit = (row.bootloader().equals("grub") ? 64 : 512) * MEBIBYTE;
    }
    List<Long> left = new ArrayList<>(row.areas().stream().map(Area::size).toList());
    for (Content content : image.contents()) {
      if (content.type().equals("vfat") && !row.hasEsp()) {
        assertEquals(implicit, content.size(), "an EFI system partition that was not requested");
        continue;
      }
      long most = 2 * MEBIBYTE + implicit;
      Long size =
          left.stream()
              .filter(it -> it >= content.size() && it - content.size() <= most)
              .findFirst()
              .orElseThrow(() -> new AssertionError(content + " is none of " + left));
      left.remove(size);
    }
    assertEquals(List.of(), left, "partitions that are not on the disk");
  }

  // --- in the machine ---

  private void boot(MatrixRow row, Path image, DetachedImage detached, Map<String, String> cells)
      throws Exception {
    List<String> options = new ArrayList<>();
    if (row.bootloader().equals("none")) {
      String name = image.toString().replaceFirst("\\.[a-z0-9]+$", "");
      String commandLine = Files.readString(Path.of(name + ".cmdline")).strip();
      options.addAll(List.of("--kernel", name + ".vmlinuz", "--initrd", name + ".initrd"));
      options.addAll(List.of("--append", commandLine));
    }
    for (String firmware : row.firmwares()) {
      String[] more = options.toArray(String[]::new);
      try (Machine machine = Machine.boot(distribution, image, firmware, more)) {
        cells.merge("boot s", machine.secondsToLogin(), (a, b) -> a + ", " + b);
        checkSystem(row, machine);
        checkStart(row, machine, firmware);
        checkMounts(row, machine, detached);
      }
    }
    if (row.name().matches(System.getProperty("bootstrapvz.life", ""))) {
      live(row, image, options);
    }
  }

  /** Upgrades the machine, and boots the result of each step from each firmware. */
  private void live(MatrixRow row, Path image, List<String> options) throws Exception {
    options.add("--write");
    step(row, image, options, MachineLife::upgrade);
    if (row.next().isPresent()) {
      step(row, image, options, MachineLife::upgradeToTheNextRelease);
      step(row, image, options, MachineLife::removeOldPackages);
    }
  }

  private void step(MatrixRow row, Path image, List<String> options, Step step) throws Exception {
    String[] more = options.toArray(String[]::new);
    try (Machine machine = Machine.boot(distribution, image, row.firmwares().get(0), more)) {
      assertEquals("running", machine.ssh("systemctl is-system-running --wait"));
      step.take(machine, row);
      machine.shutDown();
    }
    for (String firmware : row.firmwares()) {
      try (Machine machine = Machine.boot(distribution, image, firmware, more)) {
        assertEquals(
            "running",
            machine.ssh("systemctl is-system-running --wait"),
            () -> failedUnits(machine));
        machine.shutDown();
      }
    }
  }

  private interface Step {
    void take(Machine machine, MatrixRow row) throws IOException;
  }

  /** A directory is booted with its own kernel, from a filesystem that is created from it. */
  private void bootFolder(MatrixRow row, Path folder, Map<String, String> cells) throws Exception {
    Path disk = distribution.folder().resolve("images/" + row.name() + ".disk");
    long size = row.areas().get(0).size() / MEBIBYTE;
    DetachedImage.run(
        "mke2fs", "-q", "-t", "ext4", "-d", folder.toString(), disk.toString(), size + "m");
    String[] more = {
      "--kernel", only(folder.resolve("boot"), "vmlinuz-").toString(),
      "--initrd", only(folder.resolve("boot"), "initrd.img-").toString(),
      "--append", "root=/dev/vda rw console=ttyS0"
    };
    try (Machine machine = Machine.boot(distribution, disk, "bios", more)) {
      cells.put("boot s", machine.secondsToLogin());
      checkSystem(row, machine);
      assertEquals("ext4", machine.ssh("findmnt -no FSTYPE /"));
      assertEquals("4755 root root", machine.ssh("stat -c '%a %U %G' /usr/bin/passwd"));
    }
  }

  private static Path only(Path folder, String prefix) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
      assertEquals(1, found.size(), found.toString());
      return found.get(0);
    }
  }

  private static void checkSystem(MatrixRow row, Machine machine) throws Exception {
    assertEquals(
        "running", machine.ssh("systemctl is-system-running --wait"), () -> failedUnits(machine));
    assertEquals(
        row.at("system.release", ""), machine.ssh(". /etc/os-release; echo $VERSION_CODENAME"));
    assertEquals(row.name(), machine.ssh("hostname"));
    String kernel = row.at("system.architecture", "");
    assertEquals(
        row.at("system.userspace_architecture", kernel), machine.ssh("dpkg --print-architecture"));
    assertTrue(machine.ssh("uname -r").endsWith(kernel.equals("i386") ? "686-pae" : kernel));
    assertEquals("", machine.ssh("dpkg --audit"));
  }

  private static String failedUnits(Machine machine) {
    try {
      return machine.ssh("systemctl --failed --no-legend --plain; systemctl list-jobs");
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static void checkStart(MatrixRow row, Machine machine, String firmware) throws Exception {
    assertEquals(firmware, machine.ssh("test -d /sys/firmware/efi && echo uefi || echo bios"));
    String root = "root=UUID=" + machine.ssh("findmnt -no UUID /") + " ro";
    boolean arm = row.at("system.architecture", "").equals("arm64");
    String parameters = root + " +console=" + (arm ? "ttyAMA0" : "ttyS0") + ",115200n8";
    String commandLine = machine.ssh("cat /proc/cmdline");
    String efi = "tr -d '\\0' < /sys/firmware/efi/efivars/%s-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f";
    switch (row.bootloader()) {
      case "grub" -> {
        assertMatches("BOOT_IMAGE=/\\S*vmlinuz-\\S+ " + parameters, commandLine);
        assertEquals("0", machine.ssh("update-grub > /dev/null 2>&1; echo $?"));
        assertTrue(machine.ssh("grep ' linux\\|\tlinux' /boot/grub/grub.cfg").contains(root));
      }
      case "extlinux" -> {
        assertMatches(
            "BOOT_IMAGE=\\S*vmlinuz-\\S+ (initrd=\\S+ )?" + parameters + ".*", commandLine);
        assertEquals(
            "",
            machine.ssh(
                "cp /boot/extlinux/extlinux.conf /tmp/; update-extlinux;"
                    + " diff /tmp/extlinux.conf /boot/extlinux/extlinux.conf"));
      }
      case "systemd-boot" -> {
        assertMatches("(initrd=\\S+ )?" + parameters, commandLine);
        assertMatches(".*systemd-boot .*", machine.ssh(efi.formatted("LoaderInfo")));
      }
      case "uki" -> {
        assertMatches(parameters, commandLine);
        assertMatches(".*systemd-stub .*", machine.ssh(efi.formatted("StubInfo")));
      }
      default -> assertMatches(parameters, commandLine);
    }
  }

  private static void assertMatches(String regex, String text) {
    assertTrue(text.matches("(?s)" + regex), "\"" + text + "\" matches " + regex);
  }

  private static void checkMounts(MatrixRow row, Machine machine, DetachedImage image)
      throws Exception {
    machine.ssh("ls /boot/efi");
    Map<String, String[]> mounts = new LinkedHashMap<>();
    String types = "ext2,ext3,ext4,btrfs,xfs,vfat";
    for (String line :
        machine
            .ssh("findmnt -brn -t " + types + " -o TARGET,FSTYPE,UUID,SIZE,OPTIONS")
            .lines()
            .toList()) {
      String[] words = line.split(" ");
      mounts.put(words[0], words);
    }
    Map<String, Area> expected = new LinkedHashMap<>();
    for (Area area : row.areas()) {
      if (!area.mountPoint().isEmpty()) {
        expected.put(area.mountPoint(), area);
      }
    }
    Set<String> targets = new TreeSet<>(expected.keySet());
    if (row.firmwares().contains("uefi")) {
      targets.add("/boot/efi");
    }
    assertEquals(targets, new TreeSet<>(mounts.keySet()));
    Map<String, Content> byUuid =
        image.contents().stream().collect(Collectors.toMap(Content::uuid, it -> it));
    for (Map.Entry<String, String[]> mount : mounts.entrySet()) {
      String at = mount.getKey();
      String[] words = mount.getValue();
      Content content = byUuid.get(words[2]);
      assertTrue(content != null, at + " has the UUID " + words[2] + ", the image " + byUuid);
      assertEquals(content.type(), words[1], at);
      assertEquals(
          String.valueOf(content.size()),
          machine.ssh("lsblk -bdno SIZE /dev/disk/by-uuid/" + words[2]),
          at + " has the size it had when it was made");
      long inUse = Long.parseLong(words[3]);
      assertTrue(
          inUse <= content.size() && inUse > content.size() / 10 * 7,
          at + " fills its partition: " + inUse + " of " + content.size());
      Area area = expected.get(at);
      if (area != null) {
        assertEquals(area.filesystem(), words[1], at);
        assertTrue(
            Arrays.asList(words[4].split(",")).containsAll(area.options()),
            at + " is mounted with " + words[4] + ", not " + area.options());
        if (area.mode().isPresent()) {
          assertEquals(area.mode().get(), machine.ssh("stat -c %04a " + at), at);
        }
        for (String subvolume : area.subvolumes()) {
          assertMatches(
              ".* path " + subvolume + "(\n.*|$)", machine.ssh("btrfs subvolume list " + at));
        }
      }
    }
    checkSwap(row, machine, image);
    assertEquals(String.valueOf(image.size()), machine.ssh("lsblk -bdno SIZE /dev/vda"));
  }

  /** The first page of a swap space is its header. */
  private static void checkSwap(MatrixRow row, Machine machine, DetachedImage image)
      throws Exception {
    boolean wanted = row.areas().stream().anyMatch(area -> area.filesystem().equals("swap"));
    List<String> sizes =
        image.contents().stream()
            .filter(content -> content.type().equals("swap"))
            .map(content -> String.valueOf(content.size() / 4096 * 4096 - 4096))
            .toList();
    assertEquals(wanted ? 1 : 0, sizes.size());
    assertEquals(String.join("\n", sizes), machine.ssh("swapon --noheadings --bytes --show=SIZE"));
  }

  // --- the table ---

  private void addToTable(Map<String, String> cells) throws IOException {
    for (String column : List.of("build s", "of it delivery", "boot s")) {
      cells.putIfAbsent(column, "failed");
    }
    if (table.isEmpty()) {
      table.add("| " + String.join(" | ", cells.keySet()) + " |");
      table.add("|" + "---|".repeat(cells.size()));
    }
    table.add("| " + String.join(" | ", cells.values()) + " |");
    // Prints immediately, without waiting for all rows.
    Files.writeString(
        distribution.folder().resolve("../../matrix.md"), String.join("\n", table) + "\n");
  }

  @AfterAll
  void printTable() throws IOException {
    System.out.println(String.join("\n", table));
    assertEquals(List.of(), distribution.workspaces());
  }
}

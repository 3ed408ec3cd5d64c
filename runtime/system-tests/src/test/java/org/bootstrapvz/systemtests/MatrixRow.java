/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.Yaml;

/**
 * A row of matrix.yml.
 *
 * @param name of row, image and host
 * @param always whether it is one of the default rows
 * @param manifest the whole manifest
 * @param areas the partitions in the manifest, without those that bootstrap-vz adds
 * @param next the release that the machine is upgraded to, if any
 */
record MatrixRow(
    String name,
    boolean always,
    Map<String, Object> manifest,
    List<Area> areas,
    Optional<String> next) {
  /** What all rows have in common. */
  private static final String COMMON =
      """
      name: %1$s
      provider: {name: kvm}
      %2$s
      system: {charmap: UTF-8, locale: en_US, timezone: UTC, hostname: %1$s}
      plugins: {root_password: {password: test}}
      """;

  private static final Map<String, String> KERNELS =
      Map.of(
          "amd64", SharedBase.KERNEL,
          "arm64", "linux-image-arm64",
          "i386", "linux-image-686-pae");

  /**
   * A partition in the manifest.
   *
   * @param mountPoint absolute; empty for swap
   * @param filesystem including swap and vfat
   * @param size in bytes
   * @param mode of the mount point, octal, if the manifest sets it
   */
  record Area(
      String mountPoint,
      String filesystem,
      long size,
      List<String> options,
      Optional<String> mode,
      List<String> subvolumes) {}

  /** All rows. */
  static List<MatrixRow> read() {
    try (InputStream text = MatrixRow.class.getResourceAsStream("/matrix.yml")) {
      Map<String, Object> file = new Yaml().load(text);
      List<MatrixRow> rows = new ArrayList<>();
      for (String set : List.of("always", "nightly")) {
        for (Object row : (List<?>) file.get(set)) {
          rows.add(of(set.equals("always"), map(row)));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static MatrixRow of(boolean always, Map<String, Object> row) {
    String name = (String) row.get("name");
    Map<String, Object> system = map(row.get("system"));
    String kernel = KERNELS.get(system.get("architecture"));
    if (system.containsKey("userspace_architecture")) {
      kernel += ":" + system.get("architecture");
    }
    Map<String, Object> manifest =
        new Yaml().load(COMMON.formatted(name, SharedBase.BOOTSTRAPPER.formatted(kernel)));
    map(manifest.get("system")).putAll(system);
    if (kernel.equals(SharedBase.KERNEL)) {
      map(manifest.get("system")).put("kernel", "cloud");
    }
    manifest.put("volume", row.get("volume"));
    if (row.containsKey("packages")) {
      manifest.put("packages", row.get("packages"));
    }
    List<Area> areas = new ArrayList<>();
    map(map(row.get("volume")).get("partitions"))
        .forEach(
            (key, value) -> {
              if (!key.equals("type")) {
                areas.add(area(key, map(value)));
              }
            });
    Optional<String> next = Optional.ofNullable((String) row.get("next-release"));
    return new MatrixRow(name, always, manifest, areas, next);
  }

  private static Area area(String name, Map<String, Object> partition) {
    String mountPoint =
        switch (name) {
          case "root" -> "/";
          case "swap" -> "";
          case "esp" -> "/boot/efi";
          default -> "/" + name;
        };
    Object filesystem = partition.getOrDefault("filesystem", name.equals("swap") ? "swap" : "vfat");
    String size = (String) partition.get("size");
    long number = Long.parseLong(size.replaceAll("\\D", ""));
    return new Area(
        mountPoint,
        (String) filesystem,
        number << (size.endsWith("GiB") ? 30 : 20),
        texts(partition.get("mountopts")),
        Optional.ofNullable((String) partition.get("mode")),
        texts(partition.get("subvolumes")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(Object value) {
    return value == null ? List.of() : (List<String>) value;
  }

  /** The text at a path of the manifest, or a default. */
  String at(String path, String otherwise) {
    Object value = manifest;
    for (String key : path.split("\\.")) {
      value = value == null ? null : map(value).get(key);
    }
    return value == null ? otherwise : value.toString();
  }

  String text() {
    return new Yaml().dump(manifest);
  }

  String backing() {
    return at("volume.backing", "");
  }

  String bootloader() {
    return at("system.bootloader", "");
  }

  String table() {
    return at("volume.partitions.type", "");
  }

  /** The types of firmware that it boots from. */
  List<String> firmwares() {
    boolean uefi = List.of("systemd-boot", "uki").contains(bootloader());
    uefi |= at("system.architecture", "").equals("arm64");
    String firmware = at("system.firmware", uefi ? "uefi" : "bios");
    return firmware.equals("hybrid") ? List.of("bios", "uefi") : List.of(firmware);
  }

  /** Its value on each axis; partitions next to root count as values of the image. */
  Map<String, List<String>> values() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    values.put("release", List.of(at("system.release", "")));
    values.put("architecture", List.of(at("system.architecture", "") + programs()));
    values.put("bootloader", List.of(bootloader()));
    values.put("firmware", List.of(String.join("+", firmwares())));
    String subformat = at("volume.subformat", "");
    values.put("backing", List.of(backing() + (subformat.isEmpty() ? "" : " " + subformat)));
    values.put("partition map", List.of(map()));
    values.put("filesystem", backing().equals("folder") ? List.of() : filesystems());
    return values;
  }

  private String map() {
    if (!at("volume.layout", "aligned").equals("aligned")) {
      return table() + " original";
    }
    int implicit = firmwares().contains("uefi") && !hasEsp() ? 1 : 0;
    boolean logical = table().equals("msdos") && areas.size() + implicit > 4;
    return table() + (logical ? " logical" : "");
  }

  private String programs() {
    String architecture = at("system.userspace_architecture", "");
    return architecture.isEmpty() ? "" : " with programs of " + architecture;
  }

  boolean hasEsp() {
    return areas.stream().anyMatch(area -> area.mountPoint().equals("/boot/efi"));
  }

  private List<String> filesystems() {
    return areas.stream()
        .map(area -> area.filesystem() + (area.subvolumes().isEmpty() ? "" : " subvolumes"))
        .distinct()
        .toList();
  }

  /** Its name in the report of the test. */
  @Override
  public String toString() {
    return name;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sectors;
import org.bootstrapvz.api.volume.Filesystem;
import org.bootstrapvz.api.volume.ImageFormat;

/**
 * The partitions of a volume. Immutable.
 *
 * <p>The volume is as large as the sum of the sizes in the manifest. The space for table and
 * alignment is taken from the partitions. Each of them, except for the BIOS boot partition, starts
 * and ends at a whole MiB. In an msdos table of more than four, the fourth is an extended partition
 * and the others are in it. With {@code volume.layout: original} partitions are at exactly the
 * sectors where the original put them.
 *
 * @param table the partition table
 * @param id of the disk: a UUID for a GPT, 8 hexadecimal digits for an msdos table
 * @param size of the volume
 * @param partitions in their order on the volume
 */
public record VolumeLayout(TableType table, String id, Sectors size, List<Partition> partitions) {
  /** A layout with an immutable copy of the partitions. */
  public VolumeLayout {
    partitions = List.copyOf(partitions);
  }

  /**
   * Returns the layout of a manifest, with random UUIDs; {@link #check} must have found no error.
   */
  public static VolumeLayout of(Manifest manifest) {
    return of(manifest, UUID::randomUUID);
  }

  /** Returns the layout of a manifest, with UUIDs from this source. */
  public static VolumeLayout of(Manifest manifest, Supplier<UUID> uuids) {
    return new LayoutPlanner(manifest, uuids).layout();
  }

  /** Reports the reasons why the volume of a manifest cannot be created. */
  public static void check(Manifest manifest, Problems problems) {
    new LayoutChecks(manifest, problems).run();
  }

  /**
   * Reports a volume whose size is not a multiple of the unit of a format or a cloud, with the next
   * size that is.
   *
   * @param what what has such a size, for people: {@code an image of Azure}
   */
  public static void checkGrain(Manifest manifest, Bytes grain, String what, Problems problems) {
    LayoutChecks.grain(manifest, grain, what, problems);
  }

  /** Returns the host commands that create the volume of a manifest. */
  public static SortedSet<HostCommand> hostCommands(Manifest manifest) {
    SortedSet<HostCommand> commands = new TreeSet<>();
    ImageFormat format = manifest.imageFormat();
    if (!format.isDisk()) {
      return commands;
    }
    for (Slots.Slot slot : new Slots(manifest).all()) {
      slot.filesystem().map(Filesystem::commands).ifPresent(commands::addAll);
    }
    if (needsMount(manifest)) {
      commands.add(new HostCommand("mount", "mount"));
    }
    if (TableType.of(manifest) != TableType.NONE) {
      commands.add(new HostCommand("sfdisk", "fdisk"));
    }
    return commands;
  }

  /**
   * Whether the volume of a manifest cannot be created without mounting it, which requires {@link
   * org.bootstrapvz.api.host.Machine#canMountFiles}.
   */
  public static boolean needsMount(Manifest manifest) {
    return !mounted(manifest).isEmpty();
  }

  /**
   * Describes, for messages, what must be mounted to create the volume of a manifest; empty if
   * nothing must be.
   */
  public static List<String> mounted(Manifest manifest) {
    List<String> reasons = new ArrayList<>();
    if (manifest.bootloader().mounted()) {
      reasons.add("the bootloader " + manifest.bootloader());
    }
    for (Slots.Slot slot : new Slots(manifest).all()) {
      slot.filesystem()
          .filter(Filesystem::mounted)
          .ifPresent(filesystem -> reasons.add("the filesystem " + filesystem));
      if (slot.where().get("subvolumes").exists()) {
        reasons.add("subvolumes");
      }
    }
    return reasons.stream().distinct().toList();
  }

  /**
   * The partition in the manifest from which a bootloader reads the kernel: the boot partition, or
   * the root partition if there is none.
   */
  public static ManifestValue kernelPartition(Manifest manifest) {
    ManifestValue partitions = manifest.at("volume.partitions");
    ManifestValue boot = partitions.get("boot");
    return boot.exists() ? boot : partitions.get("root");
  }

  /** The partition with a role that only one can have, if it exists. */
  public Optional<Partition> with(Partition.Role role) {
    return partitions.stream().filter(partition -> partition.role() == role).findFirst();
  }

  /** The partition mounted at {@code /}. */
  public Partition root() {
    return with(Partition.Role.ROOT).orElseThrow();
  }

  /** The partitions with a mount point, parents first. */
  public List<Partition> mounted() {
    return partitions.stream()
        .filter(partition -> partition.mountPoint().isPresent())
        .sorted(Comparator.comparingInt(VolumeLayout::depth).thenComparing(VolumeLayout::at))
        .toList();
  }

  /** The partition whose filesystem contains a path of the image, absolute. */
  public Partition holding(String path) {
    return mounted().stream()
        .filter(partition -> partition.covers(path))
        .reduce((upper, lower) -> lower)
        .orElseThrow();
  }

  private static String at(Partition partition) {
    return partition.mountPoint().orElseThrow();
  }

  private static int depth(Partition partition) {
    String at = at(partition);
    return at.equals("/") ? 0 : (int) at.chars().filter(c -> c == '/').count();
  }
}

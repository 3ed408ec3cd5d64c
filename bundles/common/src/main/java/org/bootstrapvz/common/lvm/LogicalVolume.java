/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.lvm;

import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Bytes;

/**
 * A logical volume that a build creates. Until it is complete, it has a tag with the id of its
 * build, so that no other volume is removed by mistake.
 *
 * @param group its volume group
 * @param name its name
 * @param tag marks it as unfinished
 */
record LogicalVolume(String group, String name, String tag) {
  static final String TYPE = "logical-volume";

  static LogicalVolume of(Build build) {
    ManifestValue volume = build.manifest().at("volume");
    return new LogicalVolume(
        volume.get("volumegroup").text(),
        volume.get("logicalvolume").text(),
        "bootstrapvz." + build.id());
  }

  static LogicalVolume of(ResourceSpec spec) {
    Map<String, String> parameters = spec.parameters();
    return new LogicalVolume(
        parameter(parameters, "group"),
        parameter(parameters, "name"),
        parameter(parameters, "tag"));
  }

  private static String parameter(Map<String, String> parameters, String name) {
    return Objects.requireNonNull(parameters.get(name), name);
  }

  ResourceSpec spec() {
    return new ResourceSpec(
        TYPE, Map.of("group", group, "name", name, "tag", tag), "logical volume " + this);
  }

  Command create(Bytes size) {
    return Command.of("lvcreate", "--yes", "--wipesignatures", "y", "--addtag", tag)
        .with("--size", size.count() + "b", "--name", name, group);
  }

  Command tags() {
    return Command.of("lvs", "--noheadings", "--options", "lv_tags", toString());
  }

  Command remove() {
    return Command.of("lvremove", "--yes", toString());
  }

  Command deactivate() {
    return Command.of("lvchange", "--activate", "n", toString());
  }

  Command finish() {
    return Command.of("lvchange", "--deltag", tag, toString());
  }

  String device() {
    return "/dev/" + this;
  }

  /** The notation of the LVM commands. */
  @Override
  public String toString() {
    return group + "/" + name;
  }
}

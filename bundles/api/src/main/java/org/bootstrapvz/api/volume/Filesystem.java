/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.volume;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.value.Bytes;

/**
 * A type of filesystem: {@code volume.partitions.NAME.filesystem}. Immutable.
 *
 * @param name the name that manifests and {@code fstab} use
 * @param description its description, in a few words
 * @param schema of the keys it adds to a partition
 * @param minimum the minimum size of a partition to be formatted with it
 * @param maximum the maximum size of a partition to be formatted with it
 * @param debianPackage the Debian package with the tools that the image needs for it; empty for
 *     none
 * @param commands the commands of the host that create it
 * @param grubModule the module of GRUB that reads it; empty if there is none
 * @param formatCommands the programs that {@code format_command} may run to create it; empty if it
 *     is not supported
 * @param mounted whether it has to be mounted to be filled, which requires root
 * @param atOffset whether it is written into the image in place; otherwise it is created in a
 *     separate file and copied
 * @param checked whether it is checked when the image boots
 */
public record Filesystem(
    String name,
    String description,
    Optional<URL> schema,
    Bytes minimum,
    Optional<Bytes> maximum,
    String debianPackage,
    List<HostCommand> commands,
    String grubModule,
    List<String> formatCommands,
    boolean mounted,
    boolean atOffset,
    boolean checked)
    implements VolumeType {
  /** Copies the lists. */
  public Filesystem {
    commands = List.copyOf(commands);
    formatCommands = List.copyOf(formatCommands);
  }

  /** A type without a maximum size. */
  public Filesystem(
      String name,
      String description,
      Optional<URL> schema,
      Bytes minimum,
      String debianPackage,
      List<HostCommand> commands,
      String grubModule,
      List<String> formatCommands,
      boolean mounted,
      boolean atOffset,
      boolean checked) {
    this(
        name,
        description,
        schema,
        minimum,
        Optional.empty(),
        debianPackage,
        commands,
        grubModule,
        formatCommands,
        mounted,
        atOffset,
        checked);
  }

  /** {@code grubModule}, if GRUB can read it. */
  @Override
  public Map<String, List<String>> capabilities() {
    return grubModule.isEmpty() ? Map.of() : Map.of("grubModule", List.of(grubModule));
  }

  /** Returns its name in manifests and {@code fstab}. */
  @Override
  public String toString() {
    return name;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.annotation.versioning.ProviderType;

/** Reads manifests and checks them against schemas. A service; safe for use by several threads. */
@ProviderType
public interface ManifestReader {
  /** The maximum size of a manifest. A larger file is refused without being read to its end. */
  int MAX_BYTES = 1 << 20;

  /**
   * Reads a manifest with the files that it includes, and performs all checks that need neither
   * provider nor plugins: syntax, base schema, releases, sizes, variables, whether the firmware can
   * start the bootloader.
   *
   * @param types the installed types, which the manifest may name
   * @param problems receives the problems of the manifest
   * @return the manifest, also if it has errors, as long as it is a map; empty if it cannot be read
   *     at all
   */
  Optional<Manifest> read(ManifestSource source, VolumeTypes types, Problems problems);

  /** Reads the manifest of a file, see {@link #read(ManifestSource, VolumeTypes, Problems)}. */
  default Optional<Manifest> read(Path file, VolumeTypes types, Problems problems) {
    return read(ManifestSource.of(file), types, problems);
  }

  /**
   * Returns a source for each image that a manifest describes: one for each row of its matrix, or
   * the same source if it has none, or cannot be read, which {@link #read} reports.
   */
  default List<ManifestSource> rows(ManifestSource source) {
    return List.of(source);
  }

  /**
   * Checks a manifest, or the part at a path of it, against a JSON schema (draft 2020-12). The
   * keyword {@code writeOnly} marks secrets; values marked in this way are never shown in a
   * problem. The keyword {@code hostFile} marks texts that name a file or directory of the host. Of
   * the keyword {@code format}, these are checked: {@code size}, a size greater than zero in whole
   * sectors; {@code template}, a text in which manifest variables are expanded; {@code apt-source}
   * and {@code apt-configuration}. The keywords {@code bootloaders}, {@code imageFormats} and
   * {@code filesystems} allow the names of the installed types that have the capabilities in their
   * value: {@code "imageFormats": {"platforms": ["qemu"]}} allows all formats that QEMU can run,
   * {@code {}} all that are installed.
   *
   * @param path the path of the part, for example {@code plugins.root_password}; empty for the
   *     whole document
   * @param schema the schema
   * @return the manifest, with the secrets and the host files that the schema marks added to {@link
   *     Manifest#secrets} and {@link Manifest#hostFiles}
   */
  Manifest check(Manifest manifest, String path, URL schema, Problems problems);

  /**
   * Returns a manifest with this content, which was taken from a checked manifest, possibly by
   * another process. Reads no file.
   *
   * @param types the types that are installed here
   */
  Manifest restore(ManifestContent content, VolumeTypes types);

  /**
   * Returns the schema against which {@link #read} checks every manifest.
   *
   * @param types the installed types; the schema lists them and has the keys that they add
   * @return the schema as JSON
   */
  String schema(VolumeTypes types);

  /**
   * Returns a schema as {@link #check} applies it, with the rules about types replaced by the names
   * of the types that satisfy them.
   *
   * @return the schema as JSON
   * @throws IOException if it cannot be read or is not JSON
   */
  String schema(URL schema, VolumeTypes types) throws IOException;
}

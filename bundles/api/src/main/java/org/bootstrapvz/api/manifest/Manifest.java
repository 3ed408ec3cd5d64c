/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.value.Secret;
import org.osgi.annotation.versioning.ProviderType;

/** A manifest: what the image shall be. Immutable. */
@ProviderType
public interface Manifest {

  /** The file it was read from, as the person named it. */
  Path file();

  /** A path of the manifest made absolute: relative ones start at the manifest's folder. */
  Path resolve(String path);

  /** The whole document. */
  ManifestValue root();

  /**
   * The value at a dotted path such as {@code system.release}; absent if there is none. A key that
   * holds a dot or a slash cannot be reached this way; use {@link ManifestValue#get}.
   */
  ManifestValue at(String path);

  /** The name of the image, manifest variables expanded. */
  String name();

  /** The Debian release of the image. */
  Release release();

  /** The Debian architecture of the image's kernel: {@code amd64}. */
  String architecture();

  /**
   * A text with its manifest variables expanded: {@code {system.release}}, {@code {%Y}}; {@code {{}
   * and {@code }}} stand for braces. The time is that at which the manifest was read.
   *
   * @throws IllegalArgumentException if a variable is unknown or the text is malformed; its message
   *     says which and what would be right
   */
  default String expand(String text) {
    return expand(text, Map.of());
  }

  /**
   * The same with more variables than the manifest has.
   *
   * @param more their values by name, put in as they are
   * @throws IllegalArgumentException as {@link #expand(String)}
   */
  String expand(String text, Map<String, String> more);

  /** The values that its schemas mark as secret, so that they can be kept out of logs. */
  List<Secret> secrets();
}

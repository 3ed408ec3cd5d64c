/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;

/**
 * The mirrors of the packages of the image.
 *
 * @param debian address of the Debian archive, without a trailing slash
 * @param security address of the security archive, if there is one for the release
 */
public record Mirrors(String debian, Optional<String> security) {
  /**
   * A text with the variables of the manifest and {@code {apt_mirror}}, {@code {apt_security}}
   * expanded.
   */
  public String expand(Manifest manifest, String text) {
    return manifest.expand(
        text, Map.of("apt_mirror", debian, "apt_security", security.orElse(debian)));
  }
}

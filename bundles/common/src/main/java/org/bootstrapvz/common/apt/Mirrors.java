/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;

/**
 * Where the image's packages come from.
 *
 * @param debian address of the Debian archive, without a slash at its end
 * @param security address of the security archive, if there is one for the release
 */
public record Mirrors(String debian, Optional<String> security) {
  /**
   * A text with the manifest's variables and {@code {apt_mirror}}, {@code {apt_security}} expanded.
   */
  public String expand(Manifest manifest, String text) {
    return manifest.expand(
        text, Map.of("apt_mirror", debian, "apt_security", security.orElse(debian)));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values of the option {@code signed-by} in a manifest: fingerprints, key files of the image
 * below {@code /etc} and {@code /usr}, and key files of the host, which a build copies into the
 * image.
 */
public final class SignedBy {
  private static final Pattern FINGERPRINT = Pattern.compile("([0-9A-Fa-f]{16}|[0-9A-Fa-f]{40})!?");

  private SignedBy() {}

  /** Returns the values in the option of a source. */
  public static List<String> values(String option) {
    return Stream.of(option.split(",")).filter(value -> !value.isEmpty()).toList();
  }

  /** Returns whether the value is the fingerprint of a key. */
  public static boolean isFingerprint(String value) {
    return FINGERPRINT.matcher(value).matches();
  }

  /** Returns whether the value is a file of the host, absolute or next to the manifest. */
  public static boolean isHostFile(String value) {
    return !isFingerprint(value) && !value.startsWith("/etc/") && !value.startsWith("/usr/");
  }
}

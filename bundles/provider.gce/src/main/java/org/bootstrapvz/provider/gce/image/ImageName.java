/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.util.Locale;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Manifest;

/** Names and labels as Google accepts them. */
public final class ImageName {
  /** Names of images and of their families. */
  public static final Pattern PATTERN = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

  /** The remedy for a name that is taken. */
  static final String TAKEN = "Delete it, or choose another name, for example with {%Y}{%m}{%d}";

  private static final int MAX_LABEL = 63;

  private ImageName() {}

  /** Returns the name of the image: as in the original, in lower case and with dashes for dots. */
  public static String of(Manifest manifest) {
    return manifest.name().toLowerCase(Locale.ROOT).replace('.', '-');
  }

  /** Returns a text as the value of a label, with dashes for what it must not contain. */
  static String label(String text) {
    String value = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "-");
    return value.substring(0, Math.min(value.length(), MAX_LABEL));
  }
}

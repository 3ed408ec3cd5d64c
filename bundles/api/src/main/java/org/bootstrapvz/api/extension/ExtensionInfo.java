/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.util.Locale;

/**
 * What is known of an installed provider or plugin, of a type of a volume, or of a bundle that
 * offers none.
 *
 * @param kind what it is
 * @param name the name manifests use; of a bundle that offers nothing its symbolic name or file
 * @param description what it is for; may be empty
 * @param bundle symbolic name of its bundle; may be empty
 * @param version version of its bundle; may be empty
 * @param state in one word
 * @param missing why it cannot be used, in a sentence; empty if it can
 */
public record ExtensionInfo(
    Kind kind,
    String name,
    String description,
    String bundle,
    String version,
    State state,
    String missing) {
  /** What it is. */
  public enum Kind {
    /** A provider. */
    PROVIDER,
    /** A plugin. */
    PLUGIN,
    /** A bootloader. */
    BOOTLOADER,
    /** An image format. */
    IMAGE_FORMAT,
    /** A filesystem. */
    FILESYSTEM,
    /** A bundle that offers none of these now. */
    BUNDLE;

    /** The kind in words: {@code image format}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether it can be used. */
  public enum State {
    /** Serves new builds. */
    ACTIVE,
    /** An older generation that only serves builds that began with it. */
    SUPERSEDED,
    /** Waits for something it imports, or for another of its name to go. */
    WAITING,
    /** Cannot be installed, or fails when it is started. */
    REFUSED
  }
}

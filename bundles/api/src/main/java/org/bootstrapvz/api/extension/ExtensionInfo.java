/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.util.Locale;

/**
 * Information about an installed provider or plugin, about a type of a volume, or about a bundle
 * that contains none.
 *
 * @param kind its kind
 * @param name the name that manifests use; of a bundle without either, its symbolic name or file
 * @param description its purpose; may be empty
 * @param bundle symbolic name of its bundle; may be empty
 * @param version version of its bundle; may be empty
 * @param state in one word
 * @param missing why it cannot be used, as a sentence; empty if it can
 */
public record ExtensionInfo(
    Kind kind,
    String name,
    String description,
    String bundle,
    String version,
    State state,
    String missing) {
  /** The kinds of entries. */
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
    /** A bundle that provides none of these at the moment. */
    BUNDLE;

    /** Returns the kind in words: {@code image format}. */
    public String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Whether it can be used. */
  public enum State {
    /** Used by new builds. */
    ACTIVE,
    /** An older version, used only by builds that started with it. */
    SUPERSEDED,
    /** Waits for a missing import, or until another one of its name is removed. */
    WAITING,
    /** Cannot be installed, or fails to start. */
    REFUSED,
    /** Not called any more until its jar is replaced, since a call did not return in time. */
    SET_ASIDE
  }
}

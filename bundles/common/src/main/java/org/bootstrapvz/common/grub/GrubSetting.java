/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

/**
 * A setting of {@code /etc/default/grub}. Of several values for the same key, the one provided last
 * is used.
 *
 * @param key such as {@code GRUB_TIMEOUT}
 * @param value its value, not quoted
 */
public record GrubSetting(String key, String value) {
  /** Creates a setting that is on or off. */
  public static GrubSetting of(String key, boolean value) {
    return new GrubSetting(key, String.valueOf(value));
  }
}

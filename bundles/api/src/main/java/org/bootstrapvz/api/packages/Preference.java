/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

/**
 * A pin of apt.
 *
 * @param file name of the preferences file; {@code main} for {@code etc/apt/preferences}
 * @param packages package names or patterns
 * @param pin the pin expression: {@code release n=trixie-backports}
 * @param priority the priority
 */
public record Preference(String file, String packages, String pin, int priority) {
  /** Returns the stanza of the preferences file. */
  public String stanza() {
    return "Package: " + packages + "\nPin: " + pin + "\nPin-Priority: " + priority + "\n";
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.salt;

/** Texts in the configuration of Salt. */
final class Yaml {
  private Yaml() {}

  /** Returns a text as a scalar in single quotes, in which only these are special. */
  static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}

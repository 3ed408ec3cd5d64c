/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

/** An object with a location in a file, to which a problem can refer. */
public interface Located {
  /** Returns its location; if it is absent, the location of the nearest enclosing value. */
  Location location();

  /** Returns its path from the root of the file: {@code packages.install.0}; empty for the root. */
  String path();
}

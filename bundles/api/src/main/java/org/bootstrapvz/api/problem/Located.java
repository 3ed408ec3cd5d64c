/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

/** Something that has a location in a file, so that a problem can refer to it. */
public interface Located {
  /** Returns its location; if it is absent, the location of the nearest enclosing value. */
  Location location();

  /** Returns its path from the root of the file: {@code packages.install.0}; empty for the root. */
  String path();
}

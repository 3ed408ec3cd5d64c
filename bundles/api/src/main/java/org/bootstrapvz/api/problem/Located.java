/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

/** Something that has a place in a file, so that a problem can name it. */
public interface Located {
  /** Its place; of something absent that of the nearest enclosing thing that is there. */
  Location location();

  /** Its path from the root of the file: {@code packages.install.0}; empty for the root. */
  String path();
}

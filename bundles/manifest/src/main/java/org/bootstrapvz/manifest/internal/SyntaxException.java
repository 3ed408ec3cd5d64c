/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import org.bootstrapvz.api.problem.Location;

/** A text is neither YAML nor JSON; the message has the place and the remedy. */
final class SyntaxException extends RuntimeException {
  final Location mark;
  final String remedy;

  SyntaxException(Location mark, String message, String remedy) {
    super(message);
    this.mark = mark;
    this.remedy = remedy;
  }
}

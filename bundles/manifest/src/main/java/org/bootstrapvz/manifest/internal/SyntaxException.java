/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import org.bootstrapvz.manifest.internal.Node.Mark;

/** A text is neither YAML nor JSON; the message has the place and the remedy. */
final class SyntaxException extends RuntimeException {
  final Mark mark;
  final String remedy;

  SyntaxException(Mark mark, String message, String remedy) {
    super(message);
    this.mark = mark;
    this.remedy = remedy;
  }
}

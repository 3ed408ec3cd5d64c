/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import org.bootstrapvz.manifest.internal.Node.Mark;

/** A text that is neither YAML nor JSON; says where and what would be right. */
final class SyntaxException extends RuntimeException {
  final Mark mark;
  final String remedy;

  SyntaxException(Mark mark, String message, String remedy) {
    super(message);
    this.mark = mark;
    this.remedy = remedy;
  }
}

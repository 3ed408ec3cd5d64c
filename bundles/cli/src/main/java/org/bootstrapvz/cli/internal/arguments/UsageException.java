/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.arguments;

import java.util.Optional;

/** The command line cannot be understood. The message says why and, where known, what was meant. */
public final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Optional<Syntax> syntax;

  UsageException(String message, Syntax syntax) {
    super(message);
    this.syntax = Optional.ofNullable(syntax);
  }

  /** A mistake in the arguments of a command, found after they were read. */
  public static UsageException of(Syntax syntax, String message) {
    return new UsageException(message, syntax);
  }

  /** The command whose arguments were wrong; empty if it is the command that is unknown. */
  public Optional<Syntax> syntax() {
    return syntax;
  }
}

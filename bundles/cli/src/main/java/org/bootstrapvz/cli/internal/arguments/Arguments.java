/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was given to a command: options and, after them or between them, operands. */
public final class Arguments {
  private final Map<Option<?>, Object> options;
  private final List<String> operands;

  Arguments(Map<Option<?>, Object> options, List<String> operands) {
    this.options = Map.copyOf(options);
    this.operands = List.copyOf(operands);
  }

  /** The value of an option, if it was given. */
  @SuppressWarnings("unchecked") // Syntax.parse reads each value with the option's own reader.
  public <T> Optional<T> get(Option<T> option) {
    return Optional.ofNullable((T) options.get(option));
  }

  /** Whether an option was given. */
  public boolean has(Option<?> option) {
    return options.containsKey(option);
  }

  /** What is not an option, in order. */
  public List<String> operands() {
    return operands;
  }
}

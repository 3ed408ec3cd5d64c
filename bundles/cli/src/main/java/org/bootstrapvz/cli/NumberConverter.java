/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a whole number within a range. */
final class NumberConverter implements ITypeConverter<Integer> {
  private final int min;
  private final int max;

  NumberConverter(int min, int max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public Integer convert(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, together with the range.
    }
    throw new TypeConversionException(
        "\"" + text + "\" is not a whole number from " + min + " to " + max);
  }
}

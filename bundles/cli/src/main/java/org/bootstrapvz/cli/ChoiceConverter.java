/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.util.List;
import org.bootstrapvz.api.problem.Suggestion;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads one of some words, each of which stands for a value. */
final class ChoiceConverter<T> implements ITypeConverter<T> {
  private final List<String> words;
  private final List<T> values;

  ChoiceConverter(List<String> words, List<T> values) {
    this.words = words;
    this.values = values;
  }

  @Override
  public T convert(String text) {
    int index = words.indexOf(text);
    if (index < 0) {
      throw new TypeConversionException(
          "\"" + text + "\" is not one of " + String.join(", ", words) + hint(text));
    }
    return values.get(index);
  }

  private String hint(String word) {
    return Suggestion.nearest(word, words)
        .map(nearest -> ". Did you mean \"" + nearest + "\"?")
        .orElse("");
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The arguments of a command that are not options. They are numbered in the order of the model. */
public final class Operands {
  private Operands() {}

  /** A file or directory that must be given. */
  public static PositionalParamSpec path(int index, String label, String help) {
    return one(index, label, help).type(Path.class).converters(PathConverter.ONE).build();
  }

  /** A text that must be given. */
  public static PositionalParamSpec text(int index, String label, String help) {
    return one(index, label, help).type(String.class).build();
  }

  /** A word out of some that must be given. */
  public static PositionalParamSpec choice(
      int index, String label, List<String> words, String help) {
    return one(index, label, help)
        .type(String.class)
        .completionCandidates(words)
        .converters(new ChoiceConverter<>(words, words))
        .build();
  }

  /** One or more files or directories. */
  public static PositionalParamSpec paths(String label, String help) {
    return many(label, 1, help).auxiliaryTypes(Path.class).converters(PathConverter.ONE).build();
  }

  /** Several texts, at least {@code min}. */
  public static PositionalParamSpec texts(int min, String label, String help) {
    return many(label, min, help).auxiliaryTypes(String.class).build();
  }

  /** The value of the operand with this index. */
  public static <T> T value(ParseResult arguments, int index) {
    return arguments.matchedPositional(index).getValue();
  }

  /** The values of the operands that {@link #paths} or {@link #texts} declare; may be empty. */
  public static <T> List<T> values(ParseResult arguments) {
    return arguments.hasMatchedPositional(0)
        ? arguments.matchedPositional(0).<List<T>>getValue()
        : List.of();
  }

  private static PositionalParamSpec.Builder one(int index, String label, String help) {
    return PositionalParamSpec.builder()
        .index(String.valueOf(index))
        .arity("1")
        .required(true)
        .paramLabel(label)
        .description(help.replace("%", "%%"));
  }

  private static PositionalParamSpec.Builder many(String label, int min, String help) {
    return PositionalParamSpec.builder()
        .index("0..*")
        .arity(min + "..*")
        .required(min > 0)
        .type(List.class)
        .paramLabel(label)
        .description(help.replace("%", "%%"));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The kinds of options that commands have, and their values. All options apply to nested commands
 * as well, and may be typed before or after the name of a nested command.
 */
public final class Options {
  private Options() {}

  /**
   * An option without a value.
   *
   * @param aliases other names
   */
  public static OptionSpec flag(String name, String help, String... aliases) {
    return OptionSpec.builder(name, aliases)
        .description(help.replace("%", "%%"))
        .scopeType(ScopeType.INHERIT)
        .arity("0")
        .type(boolean.class)
        .build();
  }

  /** The same option, which must be given. */
  public static OptionSpec required(OptionSpec option) {
    return OptionSpec.builder(option).required(true).build();
  }

  /**
   * An option whose value is any text.
   *
   * @param label stands for the value in the help
   */
  public static OptionSpec text(String name, String label, String help) {
    return option(name, help).paramLabel(label).type(String.class).build();
  }

  /**
   * An option whose value is a file or a directory.
   *
   * @param label stands for the value in the help; completion offers directories only if it is
   *     {@code DIR}
   */
  public static OptionSpec path(String name, String label, String help) {
    return option(name, help)
        .paramLabel(label)
        .type(Path.class)
        .converters(PathConverter.ONE)
        .build();
  }

  /** An option whose value is a whole number from {@code min} to {@code max}. */
  public static OptionSpec number(String name, String label, int min, int max, String help) {
    return option(name, help)
        .paramLabel(label)
        .type(Integer.class)
        .converters(new NumberConverter(min, max))
        .build();
  }

  /** An option whose value is the name of a constant of an enum, in lower case. */
  public static <E extends Enum<E>> OptionSpec choice(String name, Class<E> type, String help) {
    List<String> words = words(type);
    return option(name, help)
        .paramLabel(String.join("|", words))
        .type(type)
        .completionCandidates(words)
        .converters(new ChoiceConverter<>(words, List.of(type.getEnumConstants())))
        .build();
  }

  /** An option whose value is one of some words. */
  public static OptionSpec choice(String name, String label, List<String> words, String help) {
    return option(name, help)
        .paramLabel(label)
        .type(String.class)
        .completionCandidates(words)
        .converters(new ChoiceConverter<>(words, words))
        .build();
  }

  /** The value of an option, if the user typed it. */
  public static <T> Optional<T> value(ParseResult arguments, String name) {
    return Optional.ofNullable(arguments.commandSpec().findOption(name).getValue());
  }

  /** Whether the user typed an option without a value. */
  public static boolean has(ParseResult arguments, String name) {
    return value(arguments, name).filter(Boolean.TRUE::equals).isPresent();
  }

  /** An option that may be given several times. */
  static OptionSpec.Builder repeated(String name, String help) {
    return option(name, help).arity("1").type(List.class);
  }

  private static OptionSpec.Builder option(String name, String help) {
    return OptionSpec.builder(name)
        .description(help.replace("%", "%%"))
        .scopeType(ScopeType.INHERIT);
  }

  private static List<String> words(Class<? extends Enum<?>> type) {
    List<String> words = new ArrayList<>();
    for (Enum<?> constant : type.getEnumConstants()) {
      words.add(constant.name().toLowerCase(Locale.ROOT));
    }
    return List.copyOf(words);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The completion script for bash. The one that picocli can generate completes no value after {@code
 * --option=}, which is how the help writes options.
 */
final class BashCompletion {
  private BashCompletion() {}

  static String script(CommandReference reference) {
    StringBuilder model = new StringBuilder();
    StringBuilder values = new StringBuilder();
    List<String> top = new ArrayList<>();
    reference.pages().forEach(page -> top.add(page.name()));
    top.add("help");
    add(model, "''", top, "--version " + options(reference.defaultPage()), "files");
    values(values, "", reference.defaultPage());
    for (CommandReference.Page page : reference.all()) {
      List<String> paths = new ArrayList<>(List.of(page.path()));
      paths.addAll(page.aliases());
      List<String> nested = new ArrayList<>();
      for (CommandReference.Page each : page.nested()) {
        nested.add(each.name());
        each.aliases().forEach(alias -> nested.add(alias.substring(alias.lastIndexOf(' ') + 1)));
      }
      add(
          model,
          paths.stream().map(path -> "'" + path + "'").collect(Collectors.joining(" | ")),
          nested,
          options(page),
          operand(page));
      paths.forEach(path -> values(values, path, page));
    }
    return template()
        .replace("@model@\n", model.toString())
        .replace("@values@\n", values.toString());
  }

  private static void add(
      StringBuilder model, String pattern, List<String> commands, String options, String operand) {
    model
        .append("    ")
        .append(pattern)
        .append(")\n      commands='")
        .append(String.join(" ", commands))
        .append("'\n      options='")
        .append(options)
        .append("'\n      operand='")
        .append(operand)
        .append("'\n      ;;\n");
  }

  private static String options(CommandReference.Page page) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : page.spec().options()) {
      for (String name : option.names()) {
        names.add(option.arity().max() > 0 ? name + "=" : name);
      }
    }
    return String.join(" ", names);
  }

  private static String operand(CommandReference.Page page) {
    return page.spec().positionalParameters().isEmpty()
        ? ""
        : completion(page.spec().positionalParameters().get(0));
  }

  private static void values(StringBuilder values, String path, CommandReference.Page page) {
    for (OptionSpec option : page.spec().options()) {
      String completion = option.arity().max() > 0 ? completion(option) : "";
      if (!completion.isEmpty()) {
        values
            .append("    '")
            .append(path)
            .append(' ')
            .append(option.longestName())
            .append("') operand='")
            .append(completion)
            .append("' ;;\n");
      }
    }
  }

  /** What completes a value: words, {@code files}, {@code directories}, or nothing. */
  static String completion(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return "words "
          + StreamSupport.stream(argument.completionCandidates().spliterator(), false)
              .collect(Collectors.joining(" "));
    }
    Class<?> type =
        argument.typeInfo().isMultiValue() ? argument.auxiliaryTypes()[0] : argument.type();
    if (type != Path.class) {
      return "";
    }
    return argument.paramLabel().equals("DIR") ? "directories" : "files";
  }

  private static String template() {
    try (InputStream in = BashCompletion.class.getResourceAsStream("completion.bash")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

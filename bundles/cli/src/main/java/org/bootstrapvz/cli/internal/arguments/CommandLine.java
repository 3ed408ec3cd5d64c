/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bootstrapvz.api.problem.Suggestion;

/**
 * The commands and how a line of arguments is read. The first command is also run when a manifest
 * stands where the name of a command is expected, as the original program did.
 */
public final class CommandLine {

  /** What a person asks for. */
  public sealed interface Request {}

  /** To run a command. */
  public record Run(Syntax syntax, Arguments arguments) implements Request {}

  /** To be told how to use a command, or, without one, the program. */
  public record Help(Optional<Syntax> syntax) implements Request {}

  /** To be told the version. */
  public record Version() implements Request {}

  private final List<Syntax> commands;
  private final Predicate<String> isFile;

  /** With these commands. */
  public CommandLine(List<Syntax> commands) {
    this(commands, word -> Files.exists(Path.of(word)));
  }

  CommandLine(List<Syntax> commands, Predicate<String> isFile) {
    this.commands = List.copyOf(commands);
    this.isFile = isFile;
  }

  /** Reads the arguments of the program. */
  public Request parse(List<String> words) throws UsageException {
    if (words.isEmpty()) {
      throw new UsageException("Name a command or a manifest", null);
    }
    if (words.get(0).equals("--version")) {
      return new Version();
    }
    if (words.get(0).equals("help")) {
      return words.size() == 1 ? new Help(Optional.empty()) : help(words.get(1));
    }
    int first = firstOperand(words);
    Optional<Syntax> named = first < 0 ? Optional.empty() : command(words.get(first));
    if (asksForHelp(words)) {
      return new Help(named);
    }
    if (named.isPresent()) {
      List<String> rest = new ArrayList<>(words);
      rest.remove(first);
      return new Run(named.get(), named.get().parse(rest));
    }
    if (first >= 0 && !isManifest(words.get(first))) {
      // A misspelt option before it is the likelier mistake: its value was taken for a command.
      commands.get(0).parse(words.subList(0, first + 1));
      throw unknownCommand(words.get(first));
    }
    return new Run(commands.get(0), commands.get(0).parse(words));
  }

  /** What the program can do. */
  public String help() {
    Syntax first = commands.get(0);
    StringBuilder text =
        new StringBuilder("Usage: bootstrap-vz COMMAND [options] ...\n")
            .append("       bootstrap-vz [options] ")
            .append(first.operand())
            .append("      the same as ")
            .append(first.command())
            .append("\n\nCommands:\n");
    for (Syntax command : commands) {
      text.append(
          Syntax.row((command.command() + " " + command.operand()).strip(), command.summary()));
    }
    text.append(Syntax.row("help COMMAND", "Says what a command does and which options it has"));
    text.append(Syntax.row("--version", "Says which version this is"));
    return text.append(
            "\nExit status: 0 done, 1 the manifest or another input has errors,"
                + " 2 the command line\nhas errors, 3 the build failed, 130 interrupted.\n")
        .toString();
  }

  private Help help(String word) throws UsageException {
    return new Help(Optional.of(command(word).orElseThrow(() -> unknownCommand(word))));
  }

  /** The index of the first word that is neither an option nor the value of one; -1 if none. */
  private int firstOperand(List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        return -1;
      }
      if (!Syntax.isOption(word)) {
        return i;
      }
      boolean valueFollows = commands.stream().anyMatch(command -> takesValue(command, word));
      if (valueFollows && i + 1 < words.size() && !Syntax.isOption(words.get(i + 1))) {
        i++;
      }
    }
    return -1;
  }

  private static boolean takesValue(Syntax command, String word) {
    return command.option(word).filter(option -> !option.isFlag()).isPresent();
  }

  private static boolean asksForHelp(List<String> words) {
    int end = words.indexOf("--");
    List<String> heard = end < 0 ? words : words.subList(0, end);
    return heard.contains("--help") || heard.contains("-h");
  }

  private Optional<Syntax> command(String word) {
    return commands.stream().filter(command -> command.command().equals(word)).findFirst();
  }

  private boolean isManifest(String word) {
    return word.endsWith(".yml")
        || word.endsWith(".yaml")
        || word.endsWith(".json")
        || isFile.test(word);
  }

  private UsageException unknownCommand(String word) {
    List<String> names = new ArrayList<>(commands.stream().map(Syntax::command).toList());
    names.add("help");
    return new UsageException(
        "\""
            + word
            + "\" is neither a command nor a manifest"
            + Suggestion.nearest(word, names).map(Option::didYouMean).orElse(""),
        null);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.bootstrapvz.cli.Command;
import org.bootstrapvz.cli.internal.model.CommandEntry;
import org.bootstrapvz.cli.internal.model.CommandModel;
import org.bootstrapvz.cli.internal.model.CommandTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Finds out which command the arguments name, and has picocli read the rest. If the first operand
 * is a manifest, the command is {@code build}, as with the original program. Options may come
 * before the name of the command.
 */
final class ArgumentParser {
  private static final String DEFAULT = "build";

  private final CommandTable commands;
  private final Predicate<Path> isFile;

  /** A class and not a lambda, which would be made at each start. */
  private static final class Exists implements Predicate<Path> {
    @Override
    public boolean test(Path file) {
      return Files.exists(file);
    }
  }

  ArgumentParser(CommandTable commands) {
    this(commands, new Exists());
  }

  ArgumentParser(CommandTable commands, Predicate<Path> isFile) {
    this.commands = commands;
    this.isFile = isFile;
  }

  /** Reads the arguments of the program. */
  Request parse(List<String> words) throws UsageException {
    if (words.isEmpty()) {
      throw new UsageException("Missing command or manifest");
    }
    if (words.get(0).equals("--version")) {
      return new Request.Version();
    }
    if (words.get(0).equals("help")) {
      return help(words.subList(1, words.size()));
    }
    int first = firstOperand(words);
    boolean help = asksForHelp(words);
    if (first < 0) {
      return help ? new Request.Help(Optional.empty()) : run(build(), words);
    }
    String word = words.get(first);
    Optional<CommandEntry> named = commands.find(word);
    if (named.isEmpty() && !isManifest(word)) {
      // A misspelt option before it is the likelier error: its value was taken for a command.
      if (!help) {
        parse(build(), words.subList(0, first + 1));
      }
      throw unknownCommand(word);
    }
    List<String> rest = new ArrayList<>(words);
    if (named.isPresent()) {
      rest.remove(first);
    }
    CommandEntry entry = named.isPresent() ? named.get() : build();
    return help
        ? new Request.Help(Optional.of(nested(model(entry), rest, named.isPresent())))
        : run(entry, rest);
  }

  private Request help(List<String> words) throws UsageException {
    if (words.isEmpty() || UsageErrors.isOption(words.get(0))) {
      return new Request.Help(Optional.empty());
    }
    CommandEntry entry =
        commands.find(words.get(0)).orElseThrow(() -> unknownCommand(words.get(0)));
    return new Request.Help(
        Optional.of(nested(model(entry), words.subList(1, words.size()), true)));
  }

  /** The nested command that the words name, the command itself if they name none. */
  private static CommandLine nested(CommandLine command, List<String> words, boolean named)
      throws UsageException {
    CommandLine found = command;
    for (int i = 0; named && i < words.size() && !found.getSubcommands().isEmpty(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        break;
      }
      if (UsageErrors.isOption(word)) {
        i += takesValue(found, word) ? 1 : 0;
      } else if (found.getSubcommands().containsKey(word)) {
        found = found.getSubcommands().get(word);
      } else {
        throw UsageErrors.of(new CommandLine.UnmatchedArgumentException(found, List.of(word)));
      }
    }
    return found;
  }

  private Request run(CommandEntry entry, List<String> words) throws UsageException {
    Command command = entry.command().get();
    return new Request.Run(command, parse(CommandModel.of(entry, command), words));
  }

  private void parse(CommandEntry entry, List<String> words) throws UsageException {
    parse(model(entry), words);
  }

  private static CommandLine.ParseResult parse(CommandLine command, List<String> words)
      throws UsageException {
    try {
      return command.parseArgs(words.toArray(new String[0]));
    } catch (ParameterException e) {
      throw UsageErrors.of(e);
    }
  }

  private static CommandLine model(CommandEntry entry) {
    return CommandModel.of(entry, entry.command().get());
  }

  private CommandEntry build() throws UsageException {
    return commands.find(DEFAULT).orElseThrow(() -> new UsageException("Missing command"));
  }

  /** The index of the first word that is neither an option nor the value of one; -1 if none. */
  private int firstOperand(List<String> words) throws UsageException {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.equals("--")) {
        return -1;
      }
      if (!UsageErrors.isOption(word)) {
        return i;
      }
      if (i + 1 < words.size() && !UsageErrors.isOption(words.get(i + 1)) && anyTakesValue(word)) {
        i++;
      }
    }
    return -1;
  }

  /** Fetches all commands, unless the option is one of the default command. */
  private boolean anyTakesValue(String option) throws UsageException {
    CommandLine build = model(build());
    if (build.getCommandSpec().findOption(option) != null) {
      return takesValue(build, option);
    }
    return commands.entries().stream().anyMatch(entry -> takesValue(model(entry), option));
  }

  private static boolean takesValue(CommandLine command, String option) {
    OptionSpec found = command.getCommandSpec().findOption(option);
    return found != null
        ? found.arity().max() > 0
        : command.getSubcommands().values().stream().anyMatch(sub -> takesValue(sub, option));
  }

  private static boolean asksForHelp(List<String> words) {
    int end = words.indexOf("--");
    List<String> options = end < 0 ? words : words.subList(0, end);
    return options.contains("--help") || options.contains("-h");
  }

  private boolean isManifest(String word) {
    return word.endsWith(".yml")
        || word.endsWith(".yaml")
        || word.endsWith(".json")
        || isFile.test(Path.of(word));
  }

  private UsageException unknownCommand(String word) {
    List<String> names = new ArrayList<>(commands.names());
    names.add("help");
    return new UsageException(
        "\"" + word + "\" is neither a command nor a manifest" + UsageErrors.hint(word, names));
  }
}

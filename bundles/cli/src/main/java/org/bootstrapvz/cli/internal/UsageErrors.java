/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.Suggestion;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what picocli reports into sentences with the nearest name. */
final class UsageErrors {
  /** What picocli says of an option that is followed by another one instead of its value. */
  private static final Pattern OTHER_OPTION =
      Pattern.compile("Expected parameter for option '([^']+)' but found '([^']*)'");

  /** What picocli says of a value for an option that takes none. */
  private static final Pattern VALUE_OF_FLAG =
      Pattern.compile("option '([^']+)'.* should be specified without ");

  private UsageErrors() {}

  /** The error as it is shown to the user. */
  static UsageException of(ParameterException e) {
    return new UsageException(message(e), e.getCommandLine());
  }

  private static String message(ParameterException e) {
    CommandLine command = e.getCommandLine();
    Matcher found = OTHER_OPTION.matcher(String.valueOf(e.getMessage()));
    if (found.find()) {
      return needsValue(command.getCommandSpec().findOption(found.group(1)), found.group(2));
    }
    Matcher flag = VALUE_OF_FLAG.matcher(String.valueOf(e.getMessage()));
    if (flag.find()) {
      return flag.group(1) + " takes no value";
    }
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      return unexpected(command, unmatched.getUnmatched().get(0));
    }
    if (e instanceof MissingParameterException missing && !missing.getMissing().isEmpty()) {
      return missing(missing, missing.getMissing().get(0));
    }
    if (e.getArgSpec() != null && e.getCause() instanceof TypeConversionException reason) {
      String name =
          e.getArgSpec() instanceof OptionSpec option
              ? option.longestName()
              : e.getArgSpec().paramLabel();
      return name + ": " + reason.getMessage();
    }
    return String.valueOf(e.getMessage());
  }

  private static String missing(ParameterException e, ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return "Missing argument: " + argument.paramLabel();
    }
    return String.valueOf(e.getMessage()).startsWith("Missing required option")
        ? "Missing option: " + usage(option)
        : needsValue(option, "");
  }

  /**
   * An option without its value.
   *
   * @param found the option that was typed in its place; empty if there is none
   */
  private static String needsValue(OptionSpec option, String found) {
    boolean dash = !found.isEmpty() && !found.startsWith("--");
    return option.longestName()
        + " needs a value: "
        + usage(option)
        + (dash ? " (write it with = if it starts with a dash)" : "");
  }

  private static String usage(OptionSpec option) {
    return option.longestName() + "=" + option.paramLabel();
  }

  private static String unexpected(CommandLine command, String word) {
    String name = command.getCommandSpec().qualifiedName();
    if (isOption(word)) {
      String option = word.replaceFirst("=.*", "");
      OptionSpec known = command.getCommandSpec().findOption(option);
      return known != null
          ? known.longestName() + " takes no value"
          : "Unknown option " + option + hint(option, options(command));
    }
    if (!command.getSubcommands().isEmpty()) {
      return "Unknown command \""
          + name.replaceFirst("bootstrap-vz ", "")
          + " "
          + word
          + "\""
          + hint(word, command.getSubcommands().keySet());
    }
    return "Unexpected argument \"" + word + "\"";
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
    return names;
  }

  /** Whether a word is an option and not an operand; a lone dash is an operand. */
  static boolean isOption(String word) {
    return word.length() > 1 && word.charAt(0) == '-';
  }

  /** A question for the nearest of some names; empty if none is near. */
  static String hint(String word, Collection<String> names) {
    return Suggestion.nearest(word, names)
        .map(nearest -> ". Did you mean \"" + nearest + "\"?")
        .orElse("");
  }
}

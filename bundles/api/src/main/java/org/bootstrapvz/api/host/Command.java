/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bootstrapvz.api.value.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A command to run: an argument list, never a shell line. Immutable; each method returns a changed
 * copy.
 *
 * <p>Do not put a secret into an argument, where {@code ps} shows it; pass it with {@link
 * #input(Secret)}.
 */
public final class Command {
  private final List<String> arguments;
  private final Map<String, String> environment;
  private final @Nullable Secret input;
  private final @Nullable Path directory;
  private final Set<Integer> accepted;
  private final Predicate<String> lines;
  private final boolean standardUmask;

  private Command(
      List<String> arguments,
      Map<String, String> environment,
      @Nullable Secret input,
      @Nullable Path directory,
      Set<Integer> accepted,
      Predicate<String> lines,
      boolean standardUmask) {
    this.arguments = List.copyOf(arguments);
    this.environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    this.input = input;
    this.directory = directory;
    this.accepted = Collections.unmodifiableSet(new TreeSet<>(accepted));
    this.lines = lines;
    this.standardUmask = standardUmask;
  }

  /**
   * Returns the command with this name, which is looked up in {@code PATH}, and these arguments.
   */
  public static Command of(String name, String... arguments) {
    List<String> all = new ArrayList<>();
    all.add(name);
    all.addAll(List.of(arguments));
    return of(all);
  }

  /**
   * Returns the command with this argument list, its name first.
   *
   * @throws IllegalArgumentException if the list is empty
   */
  public static Command of(List<String> arguments) {
    if (arguments.isEmpty()) {
      throw new IllegalArgumentException("A command needs a name");
    }
    return new Command(arguments, Map.of(), null, null, Set.of(0), line -> false, false);
  }

  /** Adds arguments at the end. */
  public Command with(String... more) {
    return with(List.of(more));
  }

  /** Adds arguments at the end. */
  public Command with(List<String> more) {
    List<String> all = new ArrayList<>(arguments);
    all.addAll(more);
    return new Command(all, environment, input, directory, accepted, lines, standardUmask);
  }

  /** Sets a variable in its environment. */
  public Command env(String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(environment);
    changed.put(name, value);
    return new Command(arguments, changed, input, directory, accepted, lines, standardUmask);
  }

  /** Sets the text of its standard input, which is empty by default. */
  public Command input(String text) {
    return input(Secret.of(text));
  }

  /** Sets a secret as the text of its standard input. */
  public Command input(Secret secret) {
    return new Command(arguments, environment, secret, directory, accepted, lines, standardUmask);
  }

  /** Sets its working directory, a path in the sandbox, or in the root if it runs there. */
  public Command in(Path folder) {
    return new Command(arguments, environment, input, folder, accepted, lines, standardUmask);
  }

  /** Accepts these exit statuses instead of only 0. */
  public Command accepting(int... statuses) {
    Set<Integer> changed = new TreeSet<>();
    for (int status : statuses) {
      changed.add(status);
    }
    return new Command(arguments, environment, input, directory, changed, lines, standardUmask);
  }

  /**
   * Passes each line of output to a listener while the command runs. A line for which it returns
   * true is consumed: it is in neither the log nor the result. The listener is called by one thread
   * at a time, which is not the thread that runs the command.
   */
  public Command lines(Predicate<String> listener) {
    return new Command(arguments, environment, input, directory, accepted, listener, standardUmask);
  }

  /**
   * Runs it with the umask 022, whatever that of the user who builds: for commands that create
   * files of the image.
   */
  public Command standardUmask() {
    return new Command(arguments, environment, input, directory, accepted, lines, true);
  }

  /** Returns the argument list, the name of the command first. */
  public List<String> arguments() {
    return arguments;
  }

  /** Returns the variables that are set in addition to the environment of the sandbox. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Returns the text of its standard input. */
  public Optional<Secret> input() {
    return Optional.ofNullable(input);
  }

  /** Returns the working directory. */
  public Optional<Path> directory() {
    return Optional.ofNullable(directory);
  }

  /** Returns the exit statuses that are not a failure. */
  public Set<Integer> accepted() {
    return accepted;
  }

  /** Returns the listener of {@link #lines(Predicate)}. */
  public Predicate<String> listener() {
    return lines;
  }

  /** Returns whether it runs with the umask 022 instead of that of the user who builds. */
  public boolean hasStandardUmask() {
    return standardUmask;
  }

  /**
   * Returns the command line for people: arguments joined by spaces, quoted where a shell needs it.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String argument : arguments) {
      if (text.length() > 0) {
        text.append(' ');
      }
      text.append(
          argument.matches("[\\w@%+=:,./-]+")
              ? argument
              : "'" + argument.replace("'", "'\\''") + "'");
    }
    return text.toString();
  }
}

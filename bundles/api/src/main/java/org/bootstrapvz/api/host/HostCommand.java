/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command or a file that the host must have, and the Debian package that contains it.
 *
 * @param name the command as it is looked up in {@code PATH}, or the absolute path of a file;
 *     alternatives are separated by {@code |}
 * @param debianPackage the package to install if it is missing, as the newest release of Debian
 *     names it
 */
public record HostCommand(String name, String debianPackage) implements Comparable<HostCommand> {
  private static final Pattern NOTATION = Pattern.compile("(\\S+) \\((\\S+)\\)");

  /**
   * Reads the notation of {@link org.bootstrapvz.api.task.TaskDefinition#commands}: {@code command
   * (package)}.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public static HostCommand parse(String notation) {
    Matcher matcher = NOTATION.matcher(notation);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "A host command is written \"command (package)\", not \"" + notation + "\"");
    }
    return new HostCommand(matcher.group(1), matcher.group(2));
  }

  /** Returns the alternatives, of which one is enough; mostly just one. */
  public List<String> alternatives() {
    return List.of(name.split("\\|"));
  }

  @Override
  public int compareTo(HostCommand other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : debianPackage.compareTo(other.debianPackage);
  }

  @Override
  public String toString() {
    return name + " (" + debianPackage + ")";
  }
}

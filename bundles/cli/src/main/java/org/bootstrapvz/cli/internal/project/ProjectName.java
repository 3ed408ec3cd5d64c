/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.project;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The name of a new plugin or provider.
 *
 * @param name the name that manifests use
 * @param group Maven group and start of its Java package
 */
record ProjectName(Kind kind, String name, String group) {
  private static final Set<String> RESERVED =
      Set.of(
          ("abstract assert boolean break byte case catch char class const continue default do"
                  + " double else enum extends false final finally float for goto if implements"
                  + " import instanceof int interface long native new null package private"
                  + " protected public return short static strictfp super switch synchronized this"
                  + " throw throws transient true try void volatile while")
              .split(" "));

  /** Explains why the name or the group cannot be used; empty if they can. */
  Optional<String> error() {
    if (!name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
      return Optional.of(
          "\""
              + name
              + "\" is not a valid name: use small letters and digits, start with a letter, and join"
              + " words with _, for example my_note");
    }
    if (RESERVED.contains(name)) {
      return Optional.of(
          "\"" + name + "\" is a keyword of Java, so it cannot be the name of a package");
    }
    if (kind.isOurs(name)) {
      return Optional.of(
          "The " + kind + " " + name + " belongs to bootstrap-vz; choose another name");
    }
    boolean valid =
        group.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")
            && Stream.of(group.split("\\.")).noneMatch(RESERVED::contains);
    if (!valid) {
      return Optional.of(
          "--group: \"" + group + "\" is not a valid Java package; use one such as org.acme");
    }
    if (group.equals("org.bootstrapvz") || group.startsWith("org.bootstrapvz.")) {
      return Optional.of(
          "--group: " + group + " belongs to bootstrap-vz; use your own domain, reversed");
    }
    return Optional.empty();
  }

  /** The Java package. */
  String javaPackage() {
    return group + "." + kind + "." + name;
  }

  /** The name as a part of class names: {@code my_note} as {@code MyNote}. */
  String className() {
    return Stream.of(name.split("_"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}

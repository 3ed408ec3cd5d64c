/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.packages.SignedBy;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.manifest.internal.Variables.VariableException;

/** Finds settings that apt would ignore without a word, or that cannot work in an image. */
final class AptChecks {
  /** apt(8) ignores other files of its directories. */
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

  /** NAME_MAX, less the suffix that a file gets. */
  private static final int MAX_NAME = 255 - ".sources".length();

  /** The major version of the first release whose passwords are in a file of their own. */
  private static final int BULLSEYE = 11;

  private static final Pattern PATH_OF_HOST = Pattern.compile("(file|copy|cdrom):/*(.*)");

  private static final String SERVICE = "packages.snapshot.mirror";
  private static final List<String> MIRRORS =
      List.of("packages.mirror", "packages.security", "bootstrapper.mirror", SERVICE);
  private static final int MAX_SUGGESTIONS = 300;

  private final ManifestDocument manifest;
  private final Optional<Release> release;
  private final Problems problems;
  private int unknownOptions;

  AptChecks(ManifestDocument manifest, Optional<Release> release, Problems problems) {
    this.manifest = manifest;
    this.release = release;
    this.problems = problems;
  }

  void run() {
    ManifestValue packages = manifest.at("packages");
    names(packages.get("sources"));
    names(packages.get("preferences"));
    preferences(packages.get("preferences"));
    lines(manifest).forEach(this::line);
    MIRRORS.forEach(this::mirror);
    keyFile(manifest.at("bootstrapper.keyring"));
    ManifestValue keys = packages.get("trusted-keys");
    (keys.isList() ? keys.items() : List.<ManifestValue>of()).forEach(this::keyFile);
  }

  /** The passwords in addresses, to keep them out of logs. */
  static List<Secret> passwords(ManifestDocument manifest) {
    List<ManifestValue> values = new ArrayList<>(lines(manifest));
    MIRRORS.forEach(path -> values.add(address(manifest.at(path))));
    return values.stream()
        .filter(ManifestValue::isScalar)
        .flatMap(
            value ->
                Stream.of(value.text(), expanded(manifest, value.text()).orElse(""))
                    .flatMap(text -> Credentials.in(text).stream()))
        .flatMap(credentials -> credentials.secrets().stream())
        .distinct()
        .toList();
  }

  static List<ManifestValue> lines(ManifestDocument manifest) {
    List<ManifestValue> lines = new ArrayList<>();
    ManifestValue sources = manifest.at("packages.sources");
    if (sources.isMap()) {
      for (ManifestValue list : sources.entries().values()) {
        if (list.isList()) {
          list.items().stream().filter(ManifestValue::isScalar).forEach(lines::add);
        }
      }
    }
    return lines;
  }

  private static ManifestValue address(ManifestValue mirror) {
    return mirror.isMap() ? mirror.get("url") : mirror;
  }

  private Optional<String> expanded(String text) {
    return expanded(manifest, text);
  }

  private static Optional<String> expanded(ManifestDocument manifest, String text) {
    try {
      return Optional.of(manifest.variables().expand(text, Map.of()));
    } catch (VariableException e) {
      return Optional.empty();
    }
  }

  private void names(ManifestValue files) {
    for (Map.Entry<String, ManifestValue> file : entries(files).entrySet()) {
      Optional<String> name = expanded(file.getKey());
      if (name.isPresent()
          && (!FILE_NAME.matcher(name.get()).matches() || name.get().length() > MAX_NAME)) {
        atKey(
            file.getValue(),
            "apt ignores a file named \"" + name.get() + "\"",
            "A name has letters, digits, dashes, underscores and dots, does not start with a dot,"
                + " and has at most "
                + MAX_NAME
                + " characters");
      }
    }
  }

  private void preferences(ManifestValue files) {
    for (Map.Entry<String, ManifestValue> file : entries(files).entrySet()) {
      String name = expanded(file.getKey()).orElse("");
      if (FILE_NAME.matcher(name).matches() && name.contains(".") && !name.endsWith(".pref")) {
        String stem = name.substring(0, name.lastIndexOf('.')).replace('.', '-');
        atKey(
            file.getValue(),
            "apt ignores a file named \"" + name + "\" in preferences.d",
            "Name it " + stem + " or " + stem + ".pref: other endings are not read");
      }
    }
  }

  private static Map<String, ManifestValue> entries(ManifestValue value) {
    return value.isMap() ? value.entries() : Map.of();
  }

  private void line(ManifestValue value) {
    try {
      Source source = Source.parse("", expanded(value.text()).orElse(""));
      source.options().forEach((option, text) -> option(value, option, text));
      location(value, source.uri());
      password(value, source.uri(), true);
    } catch (IllegalArgumentException e) {
      // Reported by the check of the format.
    }
  }

  private void option(ManifestValue value, String option, String text) {
    if (!SourceOptions.isKnown(option)) {
      problems.error(
          value,
          "A source has no option \"" + option + "\"",
          ++unknownOptions > MAX_SUGGESTIONS
              ? ""
              : Suggestion.nearest(option, SourceOptions.names())
                      .map(name -> "Did you mean " + name + "? ")
                      .orElse("")
                  + "Known: "
                  + String.join(", ", SourceOptions.names()));
      return;
    }
    if (option.equals("signed-by")
        && SignedBy.values(text).stream()
            .anyMatch(key -> SignedBy.isHostFile(key) && key.endsWith(".pgp"))) {
      unreadable(value, text);
      return;
    }
    SourceOptions.wanted(option, text)
        .ifPresent(
            wanted ->
                problems.error(
                    value,
                    "\"" + text + "\" is not a value of the option " + option + " of a source",
                    "It is " + wanted));
    since(value, option);
  }

  private void since(ManifestValue value, String option) {
    if (release.isPresent() && !release.get().atLeast(SourceOptions.since(option))) {
      problems.warning(
          value,
          "apt of " + release.get().codename() + " ignores the option " + option,
          "Remove it, or build a later release");
    }
  }

  private void mirror(String path) {
    ManifestValue mirror = manifest.at(path);
    ManifestValue address = address(mirror);
    if (address.isScalar()) {
      boolean inImage = path.equals("packages.mirror") || path.equals("packages.security");
      if (inImage) {
        location(address, address.text());
      }
      password(address, address.text(), inImage);
    }
    for (Map.Entry<String, ManifestValue> option : entries(mirror).entrySet()) {
      ManifestValue value = option.getValue();
      if (option.getKey().equals("signed-by")) {
        for (ManifestValue key : value.isList() ? value.items() : List.of(value)) {
          if (key.isScalar()) {
            option(key, "signed-by", key.text());
          }
        }
      } else if (SourceOptions.isKnown(option.getKey())) {
        since(value, option.getKey());
      }
    }
  }

  private void location(ManifestValue value, String address) {
    Matcher matcher = PATH_OF_HOST.matcher(address);
    if (matcher.matches()) {
      problems.warning(
          value,
          "apt in the image looks for /"
              + matcher.group(2)
              + " in the image; it does not see the files of this host",
          "Serve the directory by HTTP, or name its package files in packages.install");
    }
  }

  private void keyFile(ManifestValue value) {
    if (value.isScalar() && !value.text().matches(".*\\.(gpg|asc)")) {
      unreadable(value, value.text());
    }
  }

  private void unreadable(ManifestValue value, String name) {
    problems.error(
        value,
        "apt reads keys only from files whose names end in .asc or .gpg, not from \"" + name + "\"",
        "Rename it: to .asc if it starts with -----BEGIN PGP PUBLIC KEY BLOCK-----, otherwise to .gpg");
  }

  /**
   * The password of an address. Those of the service of a snapshot and of a separate mirror of the
   * base system are only used during the build.
   */
  private void password(ManifestValue value, String address, boolean inImage) {
    Optional<Credentials> credentials = Credentials.of(address);
    if (credentials.isEmpty()) {
      return;
    }
    Optional<String> problem = credentials.get().problem();
    if (problem.isPresent()) {
      problems.error(value, problem.get(), "Use a user name and password without white space");
    } else if (inImage && manifest.at("packages.keep-credentials").text("").equals("true")) {
      problems.warning(
          value,
          "The password in the address becomes part of the image, in a file "
              + (release.filter(known -> known.atLeast(BULLSEYE)).isPresent()
                  ? "of /etc/apt/auth.conf.d that only root can read"
                  : "that everybody can read"),
          "Use a password that users of the image may know");
    } else if (inImage) {
      problems.warning(
          value,
          "The image has the address without its password, so apt in it gets no packages from there",
          "Put the password into /etc/apt/auth.conf.d of each machine, or set"
              + " packages.keep-credentials to true if users of the image may know it");
    }
  }

  private void atKey(ManifestValue value, String message, String remedy) {
    problems.add(
        new Problem(Problem.Severity.ERROR, value.keyLocation(), value.path(), message, remedy));
  }
}

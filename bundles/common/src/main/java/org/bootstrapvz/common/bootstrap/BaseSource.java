/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.packages.SignedBy;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.common.apt.ValidateCredentials;

/** A source of the base system as the programs of the host need it. */
final class BaseSource {
  /** The first version of apt with the option {@code snapshot}. */
  private static final int SNAPSHOT_MAJOR = 2;

  private static final int SNAPSHOT_MINOR = 9;
  private static final Pattern VERSION = Pattern.compile("apt (\\d+)\\.(\\d+).*");

  /** debootstrap never checks dates. */
  private static final Set<String> DATES = Set.of("check-valid-until", "check-date");

  private BaseSource() {}

  /** Returns a source for mmdebstrap, which passes it to apt of the host. */
  static Source forApt(Build build, Source source) throws BuildException, IOException {
    if (!Set.of("", "no", "disable").contains(source.options().getOrDefault("snapshot", ""))) {
      checkSnapshots(build);
    }
    return source.options().containsKey("signed-by")
        ? source.with("signed-by", String.join(",", keys(build, source)))
        : source;
  }

  /** apt ignores an option that it does not know, and would install the current packages. */
  private static void checkSnapshots(Build build) throws BuildException {
    String version =
        build.run(Command.of("apt-get", "--version")).text().lines().findFirst().orElse("");
    Matcher matcher = VERSION.matcher(version);
    if (matcher.matches()) {
      int major = Integer.parseInt(matcher.group(1));
      int minor = Integer.parseInt(matcher.group(2));
      if (major > SNAPSHOT_MAJOR || major == SNAPSHOT_MAJOR && minor >= SNAPSHOT_MINOR) {
        return;
      }
    }
    throw new BuildException(
        "apt of this host ("
            + version
            + ") does not know the option snapshot of a mirror, which the base system needs. Build on"
            + " trixie or later, or set packages.snapshot instead");
  }

  /** The keys as files of the host: those of the manifest are already in the root. */
  private static List<String> keys(Build build, Source source) throws BuildException, IOException {
    List<String> keys = new ArrayList<>();
    for (String key : SignedBy.values(source.options().getOrDefault("signed-by", ""))) {
      if (SignedBy.isFingerprint(key)) {
        keys.add(key);
      } else if (build.root().isFile(key)) {
        keys.add(build.root().path() + key);
      } else if (Files.isRegularFile(Path.of(key))) {
        keys.add(key);
      } else {
        throw new BuildException(
            "The key "
                + key
                + " of the mirror "
                + Credentials.without(source.uri())
                + " is not on this host, but the base system is verified with it. Name a key file"
                + " next to the manifest in signed-by; it is copied into the image");
      }
    }
    return keys;
  }

  /** Returns the options of debootstrap for a source. */
  static List<String> forDebootstrap(Build build, Source source)
      throws BuildException, IOException {
    if (Credentials.of(source.uri()).isPresent()) {
      throw new BuildException(
          Credentials.without(source.uri()) + ": " + ValidateCredentials.PROBLEM);
    }
    List<String> arguments = new ArrayList<>();
    for (Map.Entry<String, String> option : source.options().entrySet()) {
      boolean off = option.getValue().equals("no");
      if (option.getKey().equals("trusted") && !off) {
        arguments.add("--no-check-gpg");
      } else if (option.getKey().equals("signed-by")) {
        List<String> keys = keys(build, source);
        if (keys.size() > 1 || SignedBy.isFingerprint(keys.get(0))) {
          throw impossible(source, "signed-by with fingerprints or with more than one key");
        }
        arguments.add("--keyring=" + keys.get(0));
      } else if (!off && !DATES.contains(option.getKey())) {
        throw impossible(source, option.getKey());
      }
    }
    return arguments;
  }

  private static BuildException impossible(Source source, String option) {
    return new BuildException(
        "debootstrap has no "
            + option
            + ", which the manifest sets for the mirror "
            + Credentials.without(source.uri())
            + ". Install mmdebstrap, which is then used instead");
  }
}

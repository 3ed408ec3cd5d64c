/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;

/**
 * What a suite of an archive says of itself, requested with apt's own downloader: InRelease, or
 * Release if the mirror has no InRelease.
 *
 * @param address where it was found
 * @param fields its fields before the checksums
 */
record ReleaseFile(String address, Map<String, String> fields) {
  private static final Path APT_HELPER = Path.of("/usr/lib/apt/apt-helper");

  /** Prints the file up to the checksums, which are nearly all of it. */
  private static final String SCRIPT =
      "d=$(mktemp -d) && trap 'rm -r \"$d\"' EXIT && @CREDENTIALS@\"$@\" \"$d/file\""
          + " && echo '-----BEGIN FILE-----' && head -c 8192 \"$d/file\""
          + " | sed '/^\\(MD5Sum\\|SHA[0-9]*\\):/q'";

  /**
   * Passes on credentials from standard input, in a file without a name, so that it is gone even if
   * the script is killed. apt reads it as its file of passwords.
   */
  private static final String CREDENTIALS =
      "(umask 077 && cat > \"$d/auth\") && exec 9< \"$d/auth\" && rm \"$d/auth\""
          + " && helper=$1 && shift"
          + " && set -- \"$helper\" -oDir::Etc::netrc=/proc/$$/fd/9 \"$@\" && ";

  private static final Pattern FIELD = Pattern.compile("([A-Za-z-]+):\\s*(\\S.*)");
  private static final Pattern ABSENT =
      Pattern.compile("\\b(404|410) |File not found|No such file|Unable to find expected entry");

  /** A mirror does not have a suite; the message is what it answers. */
  static final class AbsentException extends Exception {
    private static final long serialVersionUID = 1;

    private AbsentException(String answer) {
      super(answer);
    }
  }

  /** Returns whether the host has apt's downloader. */
  static boolean canBeRequested() {
    return Files.isExecutable(APT_HELPER);
  }

  /**
   * Requests that of a suite.
   *
   * @throws AbsentException if the mirror answers that it has no such file
   * @throws BuildException if the mirror does not answer, or answers something else
   */
  static ReleaseFile of(Build build, String mirror, String suite)
      throws BuildException, AbsentException {
    try {
      return request(build, mirror, suite, "InRelease");
    } catch (AbsentException first) {
      try {
        return request(build, mirror, suite, "Release");
      } catch (AbsentException second) {
        throw first;
      }
    }
  }

  private static ReleaseFile request(Build build, String mirror, String suite, String name)
      throws BuildException, AbsentException {
    Optional<Credentials> credentials = Credentials.of(mirror);
    String address = Credentials.without(mirror) + "/dists/" + suite + "/" + name;
    build.progress(-1, address);
    List<String> output;
    try {
      output =
          build
              .run(
                  command(credentials)
                      .with(
                          "-oAcquire::Retries=1",
                          "-oAcquire::http::Timeout=15",
                          "-oAcquire::https::Timeout=15",
                          // The file is temporary, and root's alone.
                          "-oAPT::Sandbox::User=root",
                          "download-file",
                          address))
              .output();
    } catch (CommandException e) {
      String answer = answer(e);
      if (ABSENT.matcher(answer).find()) {
        throw new AbsentException(answer);
      }
      throw new BuildException(
          "The mirror "
              + Credentials.without(mirror)
              + " does not provide the suite "
              + suite
              + ": "
              + answer
              + ". Check packages.mirror, packages.security and the network of this host, or its APT"
              + " configuration if the manifest names no mirror",
          e);
    }
    List<String> text = output.subList(output.indexOf("-----BEGIN FILE-----") + 1, output.size());
    ReleaseFile file = new ReleaseFile(address, fields(text));
    if (file.fields.get("Suite") == null && file.fields.get("Codename") == null) {
      throw new BuildException(
          "What "
              + address
              + " answers is not the release file of a Debian archive. It starts with: "
              + text.stream()
                  .filter(line -> !line.isBlank())
                  .findFirst()
                  .orElse("(nothing)")
                  .replace("\0", "")
                  .strip()
              + ". Check packages.mirror");
    }
    return file;
  }

  private static Command command(Optional<Credentials> credentials) {
    String script = SCRIPT.replace("@CREDENTIALS@", credentials.isPresent() ? CREDENTIALS : "");
    Command command = Command.of("sh", "-c", script, "sh", APT_HELPER.toString());
    return credentials.isPresent()
        ? command.input(Credentials.file(List.of(credentials.get())))
        : command;
  }

  private static Map<String, String> fields(List<String> lines) {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line : lines) {
      Matcher field = FIELD.matcher(line);
      if (field.matches()) {
        fields.putIfAbsent(field.group(1), field.group(2).trim());
      }
    }
    return fields;
  }

  /** What the downloader says, without its own address: {@code 404 Not Found}. */
  private static String answer(CommandException e) {
    List<String> errors = new ArrayList<>();
    for (String line : e.tail()) {
      if (line.startsWith("E: ") && !line.equals("E: Download Failed")) {
        errors.add(
            line.replaceFirst("^E: (Failed to fetch \\S+ )?", "").replaceAll("\\s+", " ").trim());
      }
    }
    return errors.isEmpty()
        ? "apt's downloader ended with status " + e.status()
        : errors.get(errors.size() - 1).replaceFirst(" \\[IP: [^]]*]$", "");
  }

  /** Returns the value of a field, for example {@code Codename}. */
  Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}

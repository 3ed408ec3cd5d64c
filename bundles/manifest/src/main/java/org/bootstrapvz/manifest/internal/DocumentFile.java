/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;

/** Reads a YAML or JSON file whose content is a map. */
final class DocumentFile {
  private DocumentFile() {}

  /** The text of a file cannot be had. */
  static final class UnreadableException extends Exception {
    final String problem;
    final String remedy;

    UnreadableException(String problem, String remedy) {
      super(problem);
      this.problem = problem;
      this.remedy = remedy;
    }
  }

  /** Whether the name of a file is that of a manifest or of a part of one. */
  static boolean hasExtension(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(".json") || name.endsWith(".yml") || name.endsWith(".yaml");
  }

  /**
   * Returns the text of a file, without a byte order mark.
   *
   * @param kind what the file is: {@code manifest}
   * @throws UnreadableException if it cannot be read or is too large
   */
  static String text(Path file, String kind) throws UnreadableException {
    if (!Files.exists(file)) {
      throw new UnreadableException("There is no such file", "Check the path of the " + kind);
    }
    if (Files.isDirectory(file)) {
      throw new UnreadableException("This is a directory", "Name a " + kind + " file in it");
    }
    if (!hasExtension(file)) {
      throw new UnreadableException(
          "The name of a " + kind + " ends in .yml, .yaml or .json",
          "Rename the file, or name another one");
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("It is a device or a pipe");
      }
      byte[] bytes = head(file);
      if (bytes.length > ManifestReader.MAX_BYTES) {
        throw new UnreadableException(
            "The file is larger than " + ManifestReader.MAX_BYTES + " bytes",
            "Write a smaller " + kind + "; it can name files instead of containing them");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UnreadableException(
          "The file is not UTF-8 text", "Save it with the encoding UTF-8");
    } catch (IOException e) {
      throw new UnreadableException(
          "The file cannot be read", "Check that you may read it and that it is an ordinary file");
    }
  }

  /** A little more than a manifest may have, so that a huge file is not read. */
  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(ManifestReader.MAX_BYTES + 1);
    }
  }

  /**
   * Returns the map that a text contains; empty if it contains something else, which is a problem,
   * or nothing.
   *
   * @param kind what the file is: {@code manifest}
   * @param whenEmpty the remedy if there is no content; none if this is not a problem
   */
  static Optional<Node.Mapping> map(
      Path file, String text, String kind, Optional<String> whenEmpty, Problems problems) {
    Optional<Node> parsed;
    try {
      parsed = parse(file, text, problems);
    } catch (SyntaxException e) {
      problems.add(
          new Problem(Severity.ERROR, e.mark, "", String.valueOf(e.getMessage()), e.remedy));
      return Optional.empty();
    }
    Optional<Node> document = parsed.filter(node -> Value.root(node).exists());
    if (document.isEmpty()) {
      whenEmpty.ifPresent(
          remedy ->
              problems.add(
                  new Problem(Severity.ERROR, Location.of(file), "", "The file is empty", remedy)));
      return Optional.empty();
    }
    if (document.get() instanceof Node.Mapping map) {
      return Optional.of(map);
    }
    problems.add(
        new Problem(
            Severity.ERROR,
            document.get().mark(),
            "",
            "A "
                + kind
                + " is a map, but this is "
                + (document.get() instanceof Node.Sequence ? "a list" : "a single value"),
            "Start with keys such as name: and provider:"));
    return Optional.empty();
  }

  private static Optional<Node> parse(Path file, String text, Problems problems) {
    Consumer<Duplicate> duplicates =
        duplicate ->
            problems.add(
                new Problem(
                    Severity.ERROR,
                    duplicate.second(),
                    "",
                    "The key `"
                        + duplicate.key()
                        + "` is a duplicate; it is already defined in line "
                        + duplicate.first().line(),
                    "Remove one of them"));
    boolean json = file.toString().endsWith(".json");
    Node document =
        json ? JsonText.parse(file, text, duplicates) : YamlText.parse(file, text, duplicates);
    ForbiddenCharacters.check(document);
    return Optional.ofNullable(document);
  }
}

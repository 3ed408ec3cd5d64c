/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links in the documentation are valid, and its indexes are complete. */
class DocumentationLinksTest {
  private static final Path TOP = Path.of("../..");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE =
      Pattern.compile("^```.*?^```|^    .*?$|`[^`]*`", Pattern.MULTILINE | Pattern.DOTALL);

  private static List<Path> files(Path directory, String name) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches(name))
          .filter(file -> !TOP.relativize(file).toString().matches("(.*/)?(target|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }

  private static List<String> links(Path page) throws IOException {
    String prose = CODE.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(prose).results().map(link -> link.group(1)).toList();
  }

  /** The anchors of a page, which are derived from its headings. */
  private static Set<String> anchors(Path page) throws IOException {
    return Files.readString(page)
        .replaceAll("(?ms)^```.*?^```", "")
        .lines()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static Set<Path> linkedFiles(Path page) throws IOException {
    Set<Path> linked = new TreeSet<>();
    for (String link : links(page)) {
      if (!link.matches("[a-z]+:.*|#.*")) {
        linked.add(page.resolveSibling(link.replaceFirst("#.*", "")).normalize());
      }
    }
    return linked;
  }

  @Test
  void everyRelativeLinkLeadsToAFileAndAHeadingThatExist() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> pages = files(TOP, ".*\\.md");
    assertFalse(pages.isEmpty());
    for (Path page : pages) {
      for (String link : links(page)) {
        if (link.matches("[a-z]+:.*")) {
          continue;
        }
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
        if (!Files.exists(target)
            || parts.length > 1 && !anchors(target).contains(parts[1])
            || !target.toRealPath().startsWith(TOP.toRealPath())) {
          broken.add(TOP.relativize(page) + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void theIndexOfExamplesHasOneLineForEachManifest() throws IOException {
    Path examples = TOP.resolve("manifests/examples");
    List<String> lines =
        Files.readAllLines(examples.resolve("README.md")).stream()
            .filter(line -> line.startsWith("| ["))
            .toList();
    List<String> expected =
        files(examples, ".*\\.(yml|yaml|json)").stream()
            .map(manifest -> examples.relativize(manifest).toString())
            // What manifests name is in directories "files" next to them.
            .filter(manifest -> !manifest.contains("/files/"))
            .toList();
    assertEquals(
        expected,
        lines.stream()
            .map(line -> line.replaceFirst("^\\| \\[(.*?)\\].*", "$1"))
            .sorted()
            .toList());
    for (String line : lines) {
      // The link target is the file that it names, and the second cell is not empty.
      assertTrue(line.matches("\\| \\[(.*?)\\]\\(\\1\\) \\| \\S.* \\|"), line);
    }
  }

  @Test
  void theIndexOfTheDocumentationNamesEveryPage() throws IOException {
    Path docs = TOP.resolve("docs");
    Path records = docs.resolve("developing/decisions/README.md");
    Set<Path> linked = linkedFiles(docs.resolve("README.md"));
    linked.addAll(linkedFiles(records));
    List<Path> missing = new ArrayList<>(files(docs, ".*\\.md"));
    missing.removeIf(page -> linked.contains(page.normalize()));
    missing.remove(docs.resolve("README.md"));
    assertEquals(List.of(), missing);
  }
}

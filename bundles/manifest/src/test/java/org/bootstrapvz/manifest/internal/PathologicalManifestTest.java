/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Manifests of the largest size that an appliance accepts, made to take long. The bound is for the
 * slowest machine that runs the tests; each takes less than a second.
 */
class PathologicalManifestTest {
  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final int SIZE = 900_000;

  @TempDir private Path folder;

  private static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
  }

  /** Replaces one line of a valid manifest. */
  private static String with(String line, String replacement) {
    assertTrue(ManifestChecker.GOOD.contains(line), line);
    return ManifestChecker.GOOD.replace(line, replacement);
  }

  private static String fill(String part) {
    return part.repeat(SIZE / part.length());
  }

  static Stream<Arguments> manifests() {
    return Stream.of(
        Arguments.of("unknown keys", ManifestChecker.GOOD + lines(60_000, i -> "k" + i + ": 1")),
        Arguments.of(
            "unknown plugins",
            ManifestChecker.GOOD + "plugins:\n" + lines(60_000, i -> "  p" + i + ": {}")),
        Arguments.of(
            "unknown variables of the manifest",
            ManifestChecker.GOOD
                + "variables:\n"
                + lines(400, i -> "  v" + i + ": x")
                + "plugins:\n  p:\n"
                + lines(30_000, i -> "  - '{variables.w" + i + "}'")),
        Arguments.of(
            "references to one variable",
            ManifestChecker.GOOD
                + "variables: {a: "
                + "x".repeat(1000)
                + "}\nplugins: {p: \""
                + "{variables.a}".repeat(SIZE / 20)
                + "\"}\n"),
        Arguments.of(
            "includes that do not exist",
            ManifestChecker.GOOD + "include:\n" + lines(60_000, i -> "- f" + i + ".yml")),
        Arguments.of(
            "declared variables",
            ManifestChecker.GOOD + "variables:\n" + lines(40_000, i -> "  v" + i + ": x")),
        Arguments.of(
            "conditions",
            ManifestChecker.GOOD
                + "variables: {a: x}\nwhen:\n"
                + lines(20_000, i -> "- {if: {b: x}, then: {}}")),
        Arguments.of(
            "axis of a matrix",
            ManifestChecker.GOOD + "matrix:\n  a:\n" + lines(60_000, i -> "  - v" + i)),
        Arguments.of("long name", with("debian-{system.release}", fill("x"))),
        Arguments.of("text of many words", with("debian-{system.release}", fill("x "))),
        Arguments.of(
            "text of long words",
            with("debian-{system.release}", lines(7, i -> "  " + "x".repeat(130_000)))),
        Arguments.of("name of variables", with("debian-{system.release}", '"' + fill("{x}") + '"')),
        Arguments.of(
            "variable of many steps", with("debian-{system.release}", "'{" + fill("a.") + "a}'")),
        Arguments.of(
            "variable of many indices",
            with("debian-{system.release}", "'{a" + fill("[b]") + "}'")),
        Arguments.of(
            "long value used often",
            ("tags: {long: " + "x".repeat(SIZE / 2) + "}\n")
                + with("debian-{system.release}", '"' + "{tags.long}".repeat(SIZE / 30) + '"')),
        Arguments.of(
            "unknown variables",
            ManifestChecker.GOOD
                + "packages:\n  install:\n"
                + lines(30_000, i -> "  - '{system.relaese}" + i + "'")),
        Arguments.of("time zone", with("timezone: UTC", "timezone: A" + fill("/a"))),
        Arguments.of("locale", with("locale: en_US", "locale: '" + fill("a_") + "'")),
        Arguments.of("charmap", with("charmap: UTF-8", "charmap: " + fill("A-"))),
        Arguments.of("release", with("release: trixie", "release: a" + fill(".a"))),
        Arguments.of("architecture", with("architecture: amd64", "architecture: " + fill("amd"))),
        Arguments.of(
            "partitions",
            ManifestChecker.GOOD
                + lines(20_000, i -> "    v" + i + ": {filesystem: ext4, size: 1GiB}")),
        Arguments.of(
            "filesystems",
            ManifestChecker.GOOD + lines(20_000, i -> "    v" + i + ": {filesystem: f" + i + "}")),
        Arguments.of("size", with("size: 1GiB", "size: " + fill("1"))),
        Arguments.of(
            "source",
            ManifestChecker.GOOD
                + "packages:\n  sources:\n    a:\n      - 'deb "
                + fill("x ")
                + "'\n"),
        Arguments.of(
            "source with letters",
            ManifestChecker.GOOD
                + "packages:\n  sources:\n    a:\n      - 'deb "
                + fill("a")
                + " trixie main'\n"),
        Arguments.of(
            "source with colons",
            ManifestChecker.GOOD
                + "packages:\n  sources:\n    a:\n      - 'deb http://"
                + fill("a:")
                + " trixie main'\n"),
        Arguments.of(
            "options of a source",
            ManifestChecker.GOOD
                + "packages:\n  sources:\n    a:\n      - 'deb [arch="
                + fill("a,")
                + "a] http://mirror.example.org trixie main'\n"),
        Arguments.of(
            "unknown options of a source",
            ManifestChecker.GOOD
                + "packages:\n  sources:\n    a:\n      - 'deb ["
                + lines(60_000, i -> "trustedd" + i + "=1").replace('\n', ' ')
                + "] http://mirror.example.org trixie main'\n"),
        Arguments.of(
            "mirror of slashes",
            ManifestChecker.GOOD
                + "packages:\n  snapshot: 20260101T000000Z\n  mirror: http:"
                + fill("/")
                + "x\n"),
        Arguments.of(
            "apt configuration",
            ManifestChecker.GOOD + "packages:\n  apt.conf.d:\n    10a: '" + fill("A{") + "'\n"),
        Arguments.of(
            "comments of apt configuration",
            ManifestChecker.GOOD + "packages:\n  apt.conf.d:\n    10a: '" + fill("/**/") + "'\n"),
        Arguments.of(
            "equal entries",
            ManifestChecker.GOOD
                + "packages:\n  components: ["
                + lines(90_000, i -> "main,").replace("\n", " ")
                + "]\n"),
        Arguments.of(
            "lists as components",
            ManifestChecker.GOOD
                + "packages:\n  components: ["
                + lines(40_000, i -> "[main],").replace("\n", " ")
                + "]\n"),
        Arguments.of(
            "different entries",
            ManifestChecker.GOOD
                + "packages:\n  components: ["
                + lines(90_000, i -> "c" + i + ",").replace("\n", " ")
                + "]\n"),
        Arguments.of(
            "long key with many values",
            "? " + "k".repeat(SIZE / 2) + "\n: [" + "1,".repeat(90_000) + "]\n"),
        Arguments.of("duplicate keys", ManifestChecker.GOOD + lines(90_000, i -> "tags: {}")),
        Arguments.of("brackets", fill("[")),
        Arguments.of("braces", fill("{")),
        Arguments.of("dashes", fill("- ")),
        Arguments.of("question marks", fill("? ")),
        Arguments.of("anchors", lines(50_000, i -> "k" + i + ": &a" + i + " 1")),
        Arguments.of("digits", "k: " + fill("1")),
        Arguments.of("underscores", "k: 1" + fill("_")),
        Arguments.of("tabs", "k:\n" + fill("\t")),
        Arguments.of("quotes", "k: '" + fill("''")),
        Arguments.of(
            "merges",
            "a: &a {"
                + lines(10_000, i -> "k" + i + ": 1,")
                + "}\n"
                + lines(20_000, i -> "m" + i + ": {<<: *a}")));
  }

  private List<String> problems(String name, String text) {
    ManifestChecker checker = new ManifestChecker(folder);
    assertTimeoutPreemptively(BOUND, () -> checker.read(name, text));
    return checker.problems().lines().toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manifests")
  void aManifestOfAnyKindIsCheckedQuicklyWithAFewProblems(String name, String text) {
    long start = System.nanoTime();
    List<String> problems = problems("m.yml", text);
    System.out.printf("%-32s %5d ms%n", name, (System.nanoTime() - start) / 1_000_000);
    assertTrue(problems.size() <= 201, problems.size() + " problems");
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("jsons")
  void aJsonDocumentOfAnyKindIsCheckedQuickly(String text, String expected) {
    String problem = problems("m.json", text).get(0);
    assertTrue(problem.startsWith("m.json:1:"), problem);
    assertTrue(problem.contains(expected), problem);
  }

  static Stream<Arguments> jsons() {
    return Stream.of(
        Arguments.of(fill("["), "more nested than any manifest"),
        Arguments.of("{\"a\": " + fill("1") + "}", "The file is larger or more nested"),
        Arguments.of("{\"a\": [" + fill("1,") + "1]}", "There are more than 100000 values"),
        Arguments.of("{\"" + "k".repeat(5000) + "\": 1}", "is too long"),
        Arguments.of("{\"" + fill("k") + "\": 1}", "The file is larger or more nested"));
  }

  @Test
  void aWordThatIsTooLongIsReportedWithItsPlace() {
    assertEquals(
        List.of(
            "m.yml:1:9: error: There are more than 131072 characters without a blank. Put long data"
                + " into a file, and name that file"),
        problems("m.yml", "name: ä " + fill("x")));
  }

  @Test
  void jsonWithoutBlanksMayBeLong() {
    String tags = lines(20_000, i -> ",\"k" + i + "\":1").replace("\n", "");
    assertFalse(problems("m.yml", "{\"tags\":{\"a\":1" + tags + "}}").toString().contains("blank"));
  }

  @Test
  void theProblemsThatAreNotListedAreCounted() {
    List<String> problems =
        problems("m.yml", ManifestChecker.GOOD + lines(60_000, i -> "k" + i + ": 1"));
    assertEquals(201, problems.size());
    assertTrue(
        problems
            .get(200)
            .endsWith(
                "From here on there are 59800 more problems, which are not listed. Correct"
                    + " the others first"),
        problems.get(200));
  }

  @Test
  void warningsThatAreNotListedAreNoErrors() {
    LimitedProblems limited = new LimitedProblems(Path.of("m.yml"));
    List<Problem> found = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      limited.add(
          new Problem(
              Problem.Severity.WARNING,
              new Location(Path.of("m.yml"), 20_000 - i, 1),
              "",
              "w" + i,
              ""));
    }
    limited.report(found::add);
    assertEquals(201, found.size());
    assertEquals(Problem.Severity.WARNING, found.get(200).severity());
  }
}

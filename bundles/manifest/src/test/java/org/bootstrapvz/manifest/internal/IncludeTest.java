/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludeTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void prepare() {
    checker = new ManifestChecker(folder);
    checker.file("good.yml", ManifestChecker.GOOD);
  }

  private void assertProblems(String expected) {
    assertEquals(expected, checker.problems());
  }

  @Test
  void mapsAreMergedAndTheIncludingFileHasPrecedence() {
    Manifest manifest =
        checker.good("include: [good.yml]\nsystem: {release: bookworm, hostname: web}\n");
    assertEquals("bookworm", manifest.at("system.release").text());
    assertEquals("web", manifest.at("system.hostname").text());
    assertEquals("amd64", manifest.at("system.architecture").text());
    assertEquals("debian-bookworm", manifest.name());
  }

  @Test
  void aLaterIncludeHasPrecedence() {
    checker.file("one.yml", "system: {hostname: one, timezone: Europe/Berlin}\n");
    checker.file("two.yml", "system: {hostname: two}\n");
    Manifest manifest = checker.good("include: [good.yml, one.yml, two.yml]\n");
    assertEquals("two", manifest.at("system.hostname").text());
    assertEquals("Europe/Berlin", manifest.at("system.timezone").text());
  }

  @Test
  void aListReplacesThatOfAnIncludeAndAKeyWithAPlusAppends() {
    checker.file("one.yml", "packages: {install: [vim], components: [main]}\n");
    Manifest manifest =
        checker.good(
            "include: [good.yml, one.yml]\n"
                + "packages: {+install: [less, curl], components: [main, contrib]}\n");
    assertEquals(List.of("vim", "less", "curl"), manifest.at("packages.install").texts());
    assertEquals(List.of("main", "contrib"), manifest.at("packages.components").texts());
  }

  @Test
  void aKeyWithAPlusIsAListOfItsOwnIfThereIsNothingToAppendTo() {
    Manifest manifest = checker.good(ManifestChecker.GOOD + "packages: {+install: [vim]}\n");
    assertEquals(List.of("vim"), manifest.at("packages.install").texts());
  }

  @Test
  void nullRemovesAKeyOfAnInclude() {
    checker.file("one.yml", "system: {hostname: web}\nplugins: {root_password: {password: x}}\n");
    Manifest manifest =
        checker.good("include: [good.yml, one.yml]\nsystem: {hostname: null}\nplugins: ~\n");
    assertTrue(!manifest.at("system.hostname").exists() && !manifest.at("plugins").exists());
  }

  @Test
  void includesAreRelativeToTheFileThatHasThem() throws IOException {
    Files.createDirectories(folder.resolve("base/deep"));
    checker.file("base/all.yml", "include: [deep/host.yml, ../good.yml]\n");
    checker.file("base/deep/host.yml", "system: {hostname: web}\n");
    assertEquals("web", checker.good("include: [base/all.yml]\n").at("system.hostname").text());
  }

  @Test
  void aFileThatSeveralFilesIncludeIsMergedBelowAllOfThem() {
    checker.file("base.yml", "include: [good.yml]\nsystem: {hostname: base}\n");
    checker.file("one.yml", "include: [base.yml]\nsystem: {hostname: one}\n");
    checker.file("two.yml", "include: [base.yml]\npackages: {+install: [vim]}\n");
    checker.file("three.yml", "include: [two.yml]\n");
    Manifest manifest = checker.good("include: [one.yml, two.yml, three.yml]\n");
    assertEquals("one", manifest.at("system.hostname").text());
    assertEquals(List.of("vim"), manifest.at("packages.install").texts());
  }

  @Test
  void filesOfTheDropInDirectoryAreMergedInTheOrderOfTheirNames() throws IOException {
    Files.createDirectories(folder.resolve("m.d"));
    checker.file("m.d/20-b.yml", "system: {hostname: b}\npackages: {+install: [second]}\n");
    checker.file("m.d/10-a.yml", "system: {hostname: a}\npackages: {+install: [first]}\n");
    checker.file("m.d/30-c.yml~", "not: [yaml");
    checker.file("m.d/.40-d.yml", "not: [yaml");
    checker.file("m.d/50-empty.yml", "# nothing\n");
    Manifest manifest = checker.good(ManifestChecker.GOOD + "packages: {install: [vim]}\n");
    assertEquals("b", manifest.at("system.hostname").text());
    assertEquals(List.of("vim", "first", "second"), manifest.at("packages.install").texts());
  }

  @Test
  void aDropInDirectoryWithTheWrongNameIsAWarning() throws IOException {
    Files.createDirectories(folder.resolve("m.yml.d"));
    checker.read(ManifestChecker.GOOD);
    assertProblems(
        "m.yml.d: warning: The directory is not read. The drop-in directory of m.yml is m.d\n");
  }

  @Test
  void aProblemNamesTheFileAndLineThatItComesFrom() throws IOException {
    Files.createDirectories(folder.resolve("m.d"));
    checker.file("part.yml", "system:\n  hostnam: web\n  release: bookwrm\n");
    checker.file("m.d/a.yml", "\nsystem: {timezone: Mars/Olympus}\n");
    checker.read("include: [good.yml, part.yml]\nvolume: {backing: qcow3}\nname: '{a}'\n");
    String problems = checker.problems();
    assertEquals(
        List.of("m.yml:2:19", "m.yml:3:7", "m.d/a.yml:2:20", "part.yml:2:3", "part.yml:3:12"),
        problems.lines().map(line -> line.substring(0, line.indexOf(": "))).toList(),
        problems);
  }

  @Test
  void aSyntaxErrorOfAnIncludeIsReportedInIt() {
    checker.file("part.yml", "system:\n\thostname: web\n");
    checker.read("include: [good.yml, part.yml]\n");
    assertProblems(
        "part.yml:2:1: error: A tab is used for indentation. YAML allows only blanks there: replace"
            + " the tab by blanks\n");
  }

  @Test
  void aMissingFile() {
    checker.read("include: [good.yml, part.yml]\n");
    assertProblems(
        "m.yml:1:21: error: include.1: There is no file part.yml. Create it, or correct the path. It"
            + " is relative to the directory of m.yml\n");
  }

  @Test
  void aFileThatIsNotAManifest() throws IOException {
    Files.createDirectories(folder.resolve("parts"));
    checker.file("part.txt", "");
    checker.file("list.yml", "- a\n");
    checker.read("include: [good.yml, parts, part.txt, list.yml]\n");
    assertProblems(
        "m.yml:1:21: error: include.1: parts: This is a directory. Name a part of a manifest file in"
            + " it\n"
            + "m.yml:1:28: error: include.2: part.txt: The name of a part of a manifest ends in .yml,"
            + " .yaml or .json. Rename the file, or name another one\n"
            + "list.yml:1:1: error: A part of a manifest is a map, but this is a list. Start with"
            + " keys such as name: and provider:\n");
  }

  @Test
  void filesThatIncludeEachOther() {
    checker.file("one.yml", "include: [two.yml]\n");
    checker.file("two.yml", "\ninclude: [one.yml]\n");
    checker.read("include: [good.yml, one.yml]\n");
    assertProblems(
        "two.yml:2:11: error: include.0: The files include each other: one.yml includes two.yml"
            + " includes one.yml. Remove one of the includes\n");
  }

  @Test
  void aFileThatIncludesItself() {
    checker.read(ManifestChecker.GOOD + "include: [./m.yml]\n");
    assertTrue(
        checker
            .problems()
            .contains("include.0: The files include each other: m.yml includes m.yml"));
  }

  @Test
  void includesThatAreTooDeep() {
    for (int i = 1; i <= 20; i++) {
      checker.file("f" + i + ".yml", "include: [f" + (i + 1) + ".yml]\n");
    }
    checker.file("f21.yml", "");
    checker.read(ManifestChecker.GOOD + "include: [f1.yml]\n");
    assertProblems(
        "f16.yml:1:11: error: include.0: Files include each other 16 levels deep. Include the file"
            + " in the manifest itself\n");
  }

  @Test
  void moreFilesThanAllowed() {
    StringBuilder includes = new StringBuilder("include:\n- good.yml\n");
    for (int i = 1; i <= 100; i++) {
      checker.file("f" + i + ".yml", "system: {hostname: web}\n");
      includes.append(i < 99 ? "- f" + i + ".yml\n" : "");
    }
    checker.file("f98.yml", "include: [f99.yml, f100.yml]\n");
    checker.read(includes.toString());
    assertProblems(
        "f98.yml:1:11: error: include.0: The manifest has more than 100 files. Join some of them\n");
  }

  @Test
  void aListOfMoreFilesThanAllowed() {
    checker.read("include:\n" + "- good.yml\n".repeat(101));
    assertProblems(
        "m.yml:2:1: error: include: The list has 101 entries. It can have at most 100 entries\n");
  }

  @Test
  void filesThatAreTogetherTooLarge() {
    String comment = "# " + "x y ".repeat(150_000) + "\n";
    checker.file("one.yml", comment + "system: {hostname: web}\n");
    checker.file("two.yml", comment + "system: {hostname: web}\n");
    checker.read("include: [good.yml, one.yml, two.yml]\n");
    assertProblems(
        "m.yml:1:30: error: include.2: The manifest and the files that it includes are together"
            + " larger than 1048576 bytes. Include fewer files; a manifest can name files instead of"
            + " containing them\n");
  }

  @Test
  void filesThatTogetherHaveTooManyValues() {
    String many = "packages: {install: [" + "a,".repeat(60_000) + "b]}\n";
    checker.file("one.yml", many);
    checker.file("two.yml", many);
    checker.read("include: [good.yml, one.yml, two.yml]\n");
    assertTrue(
        checker
            .problems()
            .startsWith(
                "m.yml:1:30: error: include.2: The manifest and the files that it includes have more"
                    + " than 100000 values"),
        checker.problems());
  }

  @Test
  void anIncludeOfTheWrongForm() {
    checker.read(ManifestChecker.GOOD + "include: base.yml\n");
    assertProblems(
        "m.yml:20:10: error: include: This must be a list, but is the text \"base.yml\". Write a"
            + " list: a line with a dash for each entry\n");
  }

  @Test
  void aPlusThatDoesNotAppend() {
    checker.file(
        "part.yml", "packages: {install: [vim], mirror: 'https://mirror.example.org/debian'}\n");
    checker.read(
        "include: [good.yml, part.yml]\n"
            + "packages:\n"
            + "  +install: vim\n"
            + "  +mirror: [a]\n"
            + "  +components: [main]\n"
            + "  components: [main]\n");
    assertProblems(
        "m.yml:3:13: error: packages.+install: `+install` appends to a list, but this is not a list."
            + " Write a list, or `install` to replace the value\n"
            + "m.yml:4:3: error: packages.+mirror: `+mirror` appends to a list, but `mirror` is not a"
            + " list in part.yml:1:36. Write `mirror` to replace the value\n"
            + "m.yml:5:3: error: packages.+components: The map has both `components` and"
            + " `+components`. Write all entries into `components`\n");
  }

  @Test
  void aSubmittedManifestReadsNoOtherFile() throws IOException {
    Files.createDirectories(folder.resolve("m.d"));
    checker.file("m.d/a.yml", "system: {hostname: web}\n");
    Path file = checker.file("m.yml", ManifestChecker.GOOD + "include: [/etc/passwd.yml]\n");
    checker.read(ManifestSource.selfContained(file));
    assertProblems(
        "m.yml:20:10: error: include: This manifest must be complete without other files."
            + " bootstrap-vz render prints a manifest and the files that it includes as one;"
            + " bootstrap-vz submit sends that\n");
  }

  @Test
  void aSubmittedManifestHasNoDropInDirectory() throws IOException {
    Files.createDirectories(folder.resolve("m.d"));
    checker.file("m.d/a.yml", "system: {hostname: web}\n");
    Path file = checker.file("m.yml", ManifestChecker.GOOD);
    Manifest manifest = checker.read(ManifestSource.selfContained(file)).orElseThrow();
    assertFalse(manifest.at("system.hostname").exists());
  }

  @Test
  void aRelativePathStartsAtTheFileThatNamesIt() throws IOException {
    Files.createDirectories(folder.resolve("base"));
    checker.file(
        "base/keys.yml",
        "packages: {trusted-keys: [keys/acme.gpg]}\nbootstrapper: {keyring: k.gpg}\n");
    Manifest manifest =
        checker.good("include: [good.yml, base/keys.yml]\nbootstrapper: {keyring: own.gpg}\n");
    assertEquals(
        List.of(folder.resolve("base/keys/acme.gpg"), folder.resolve("own.gpg")),
        manifest.hostFiles().stream().map(HostFile::file).toList());
  }

  @Test
  void aRestoredManifestKeepsTheFilesOfItsValues() {
    checker.file("part.yml", "system: {hostname: web}\n");
    Manifest manifest = checker.good("include: [good.yml, part.yml]\n");
    Manifest restored = checker.reader.restore(ManifestContent.of(manifest), checker.types);
    assertEquals(
        manifest.at("system.hostname").location(), restored.at("system.hostname").location());
    assertEquals(folder.resolve("part.yml"), restored.at("system.hostname").location().file());
  }
}

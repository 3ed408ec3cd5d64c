/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredVariablesTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void prepare() {
    checker = new ManifestChecker(folder);
    checker.file("good.yml", ManifestChecker.GOOD);
  }

  /** The source of a manifest that includes a valid one. */
  private ManifestSource source(String text, String... settings) {
    return ManifestSource.of(checker.file("m.yml", "include: [good.yml]\n" + text))
        .withSettings(Stream.of(settings).map(Setting::parse).toList());
  }

  private Manifest good(ManifestSource source) {
    Manifest manifest =
        checker.read(source).orElseThrow(() -> new AssertionError(checker.problems()));
    assertEquals("", checker.problems());
    return manifest;
  }

  private void assertProblems(ManifestSource source, String expected) {
    checker.read(source);
    assertEquals(expected, checker.problems());
  }

  private Path privateFile(String name, String text) throws IOException {
    Path file = checker.file(name, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aValueThatConsistsOfAReferenceHasTheTypeOfTheVariable() {
    Manifest manifest =
        good(
            source(
                "variables: {release: bookworm, standard: true, more: [vim, less], size: 2GiB}\n"
                    + "system: {release: '{variables.release}'}\n"
                    + "packages:\n"
                    + "  install_standard: '{variables.standard}'\n"
                    + "  install: [curl, '{variables.more}', jq]\n"
                    + "volume: {partitions: {root: {size: '{variables.size}'}}}\n"));
    assertEquals("bookworm", manifest.release().codename());
    assertEquals(true, manifest.at("packages.install_standard").data());
    assertEquals(List.of("curl", "vim", "less", "jq"), manifest.at("packages.install").texts());
    assertEquals(2L << 30, manifest.at("volume.partitions.root.size").size().count());
  }

  @Test
  void aReferenceInATextIsReplacedInAnyKey() {
    Manifest manifest =
        good(
            source(
                "variables: {team: web, version: 7}\n"
                    + "name: '{variables.team}-{variables.version}-{system.release}'\n"
                    + "bootstrapper: {workspace: '/srv/{variables.team}'}\n"));
    assertEquals("web-7-trixie", manifest.name());
    assertEquals("/srv/web", manifest.at("bootstrapper.workspace").text());
  }

  @Test
  void aValueCannotChangeTheStructureAroundIt() {
    Manifest manifest =
        good(
            source(
                "variables: {host: x}\nsystem: {timezone: UTC}\nplugins: {a: {b: '{variables.host}'}}\n",
                "host=}, c: {d: [e"));
    assertEquals("}, c: {d: [e", manifest.at("plugins.a.b").text());
  }

  @Test
  void doubledBracesAreNoReference() {
    Manifest manifest =
        good(source("variables: {a: x}\nplugins: {p: {q: 'is {{variables.a}}'}}\n"));
    assertEquals("is {{variables.a}}", manifest.at("plugins.p.q").text());
  }

  @Test
  void settingsHavePrecedenceOverFilesTheseOverTheEnvironmentAndThisOverTheDefault() {
    String text =
        "variables: {a: '0', b: '0', c: '0', d: '0'}\nname: '{variables.a}{variables.b}{variables.c}{variables.d}'\n";
    ManifestSource source =
        source(text, "a=1", "a=2")
            .withVariableFiles(
                List.of(
                    checker.file("first.yml", "a: '3'\nb: '3'\n"),
                    checker.file("second.json", "{\"b\": \"4\"}")))
            .withEnvironment(
                Map.of(
                    "BOOTSTRAP_VZ_VAR_A", "5",
                    "BOOTSTRAP_VZ_VAR_B", "5",
                    "BOOTSTRAP_VZ_VAR_C", "5",
                    "PATH", "/bin"));
    assertEquals("2450", good(source).name());
  }

  @Test
  void textsFromOutsideAreReadAsTheTypeOfTheVariable() {
    Manifest manifest =
        good(
            source(
                    "variables: {on: false, list: [], number: 1, text: x}\n"
                        + "plugins: {p: {on: '{variables.on}', list: '{variables.list}',"
                        + " number: '{variables.number}', text: '{variables.text}'}}\n",
                    "list=[a, b]",
                    "variables.number=12")
                .withEnvironment(
                    Map.of("BOOTSTRAP_VZ_VAR_on", "true", "BOOTSTRAP_VZ_VAR_text", "12")));
    assertEquals(
        "{on=true, list=[a, b], number=12, text=12}",
        String.valueOf(manifest.at("plugins.p").data()));
    assertEquals("12", manifest.at("plugins.p.text").data());
  }

  @Test
  void eachPartOfADeclarationIsThatOfTheFileWithPrecedence() {
    checker.file(
        "part.yml",
        "variables: {size: {type: text, default: 1GiB, description: x, choices: [1GiB, 3GiB]}}\n"
            + "volume: {partitions: {root: {size: '{variables.size}'}}}\n");
    ManifestSource source =
        ManifestSource.of(
            checker.file("m.yml", "include: [good.yml, part.yml]\nvariables: {size: 3GiB}\n"));
    assertEquals("3GiB", good(source).at("volume.partitions.root.size").text());
  }

  @Test
  void aPathOfAnIncludeMayHaveVariables() {
    checker.file("web.yml", "system: {hostname: web}\n");
    checker.file("db.yml", "system: {hostname: db}\n");
    ManifestSource source =
        ManifestSource.of(
            checker.file(
                "m.yml", "include: [good.yml, '{variables.role}.yml']\nvariables: {role: web}\n"));
    assertEquals("web", good(source).at("system.hostname").text());
    assertEquals(
        "db",
        good(source.withSettings(List.of(Setting.parse("role=db")))).at("system.hostname").text());
  }

  @Test
  void aPathWhoseVariableGetsAnotherValueLater() {
    checker.file("one.yml", "include: ['{variables.role}.yml']\nvariables: {role: web}\n");
    checker.file("two.yml", "variables: {role: db}\n");
    checker.file("web.yml", "system: {hostname: web}\n");
    ManifestSource source =
        ManifestSource.of(checker.file("m.yml", "include: [good.yml, one.yml, two.yml]\n"));
    assertProblems(
        source,
        "one.yml:1:11: error: include.0: The path was web.yml when the file was read, but a file"
            + " that was read later gives its variables other values. Set the variables in the file"
            + " that has this include, or from outside\n");
  }

  @Test
  void anErrorInAValueIsReportedWhereTheValueIs() {
    checker.file("part.yml", "variables:\n  release: bookwrm\n");
    ManifestSource source =
        ManifestSource.of(
            checker.file(
                "m.yml",
                "include: [good.yml, part.yml]\nsystem: {release: '{variables.release}'}\n"));
    checker.read(source);
    assertTrue(
        checker
            .problems()
            .startsWith(
                "part.yml:2:12: error: system.release: \"bookwrm\" is not a Debian release"),
        checker.problems());
  }

  @Test
  void aVariableWithoutAValue() {
    assertProblems(
        source("variables: {release: {description: x}}\nname: '{variables.release}'\n"),
        "m.yml:2:22: error: variables.release: The variable `release` has no value. Give it a"
            + " default, or set it with --set release=VALUE, in a file given with --var-file, or in"
            + " the environment variable BOOTSTRAP_VZ_VAR_RELEASE\n");
  }

  @Test
  void aReferenceToAVariableThatDoesNotExist() {
    assertProblems(
        source("variables: {release: trixie}\nname: 'a-{variables.relaese}'\n"),
        "m.yml:3:7: error: name: There is no variable {variables.relaese}. Did you mean"
            + " {variables.release}? Declare it in `variables`, or write {{variables.relaese}} for"
            + " braces that are text\n");
  }

  @Test
  void aListWithinAText() {
    assertProblems(
        source("variables: {all: [a]}\nname: 'a-{variables.all}'\n"),
        "m.yml:3:7: error: name: {variables.all} is a list, which cannot be a part of a text. Write"
            + " it as a value of its own, or as an item of a list\n");
  }

  @Test
  void valuesOfTheWrongType() {
    Path values = checker.file("values.yml", "count: many\n");
    ManifestSource source =
        source("variables: {count: 1, on: true, list: [a]}\n", "on=yes", "list=a")
            .withVariableFiles(List.of(values));
    assertProblems(
        source,
        "--set list: error: variables.list: The variable `list` is of type list, but the value is not"
            + " a list, written as [a, b]. Change the value\n"
            + "--set on: error: variables.on: The variable `on` is of type boolean, but the value is"
            + " not true or false. Change the value\n"
            + "values.yml:1:1: error: variables.count: The variable `count` is of type integer, but"
            + " the value is not a whole number. Change the value\n");
  }

  @Test
  void aValueThatIsNotAmongTheChoices() {
    assertProblems(
        source(
            "variables:\n"
                + "  role: {default: web, choices: [web, db]}\n"
                + "  zone: {default: x, choices: [a, b]}\n",
            "role=mail"),
        "m.yml:4:19: error: variables.zone.default: The default is not among the choices. Allowed:"
            + " a, b\n"
            + "--set role: error: variables.role: The value of `role` is not among its choices."
            + " Allowed: web, db\n");
  }

  @Test
  void aDefaultOfAnotherType() {
    assertProblems(
        source("variables: {count: {type: integer, default: many}}\n"),
        "m.yml:2:45: error: variables.count.default: The variable is of type integer, but this is not"
            + " a whole number. Change the value or the type\n");
  }

  @Test
  void aDeclarationOfTheWrongForm() {
    checker.read(source("variables:\n  Release: trixie\n  size: {typ: text, type: number}\n"));
    String problems = checker.problems();
    assertTrue(
        problems.contains("m.yml:3:3: error: variables.Release: The key `Release` does not"),
        problems);
    assertTrue(problems.contains("Unknown key `typ`. Did you mean `type`?"), problems);
    assertTrue(problems.contains("Allowed: text, integer, boolean, list, secret"), problems);
  }

  @Test
  void valuesForVariablesThatDoNotExist() {
    Path values = checker.file("values.yml", "relaese: x\n");
    ManifestSource source =
        source("variables: {release: trixie}\n", "variables.rel=x", "releas=x")
            .withVariableFiles(List.of(values))
            .withEnvironment(
                Map.of("BOOTSTRAP_VZ_VAR_RELEAS", "x", "BOOTSTRAP_VZ_VAR_OTHER_IMAGE", "x"));
    assertProblems(
        source,
        "$BOOTSTRAP_VZ_VAR_RELEAS: warning: There is no variable `releas`. Did you mean `release`?"
            + " Variables of the manifest: release\n"
            + "--set releas: error: releas: There is no variable `releas`. Did you mean `release`?"
            + " Variables of the manifest: release\n"
            + "--set variables.rel: error: variables.rel: There is no variable `rel`. Variables of"
            + " the manifest: release\n"
            + "values.yml:1:1: error: relaese: There is no variable `relaese`. Did you mean"
            + " `release`? Variables of the manifest: release\n");
  }

  @Test
  void aFileOfVariablesThatCannotBeRead() {
    checker.file("list.yml", "- a\n");
    ManifestSource source =
        source("")
            .withVariableFiles(List.of(folder.resolve("none.yml"), folder.resolve("list.yml")));
    assertProblems(
        source,
        "list.yml:1:1: error: A file of variables is a map, but this is a list. Start with keys such"
            + " as name: and provider:\n"
            + "none.yml: error: There is no such file. Check the path of the file of variables\n");
  }

  @Test
  void aSecretComesFromAPrivateFileOrTheEnvironment() throws IOException {
    String text =
        "variables: {password: {type: secret}, token: {type: secret}}\n"
            + "plugins: {p: {password: '{variables.password}', url: 'https://{variables.token}@x/'}}\n";
    ManifestSource source =
        source(text)
            .withVariableFiles(List.of(privateFile("secrets.yml", "password: hunter2\n")))
            .withEnvironment(Map.of("BOOTSTRAP_VZ_VAR_TOKEN", "t0ken"));
    Manifest manifest = good(source);
    assertEquals("hunter2", manifest.at("plugins.p.password").text());
    assertEquals("https://t0ken@x/", manifest.at("plugins.p.url").text());
    assertTrue(manifest.secrets().containsAll(List.of(Secret.of("hunter2"), Secret.of("t0ken"))));
  }

  @Test
  void aSecretThatOthersCanSee() throws IOException {
    Path file = privateFile("secrets.yml", "password: hunter2\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    String text =
        "variables:\n  password: {type: secret}\n  token: {type: secret}\n  pin: {type: secret, default: '1234'}\n";
    assertProblems(
        source(text, "token=t0ken").withVariableFiles(List.of(file)),
        "m.yml:5:32: error: variables.pin.default: A secret variable cannot have a default. Remove"
            + " it, and set the variable in a file given with --var-file, or in the environment\n"
            + "--set token: error: variables.token: The variable `token` is secret, but other users"
            + " can see the arguments of a command. Set it in a file given with --var-file, or in"
            + " BOOTSTRAP_VZ_VAR_TOKEN\n"
            + "secrets.yml:1:1: error: variables.password: The variable `password` is secret, but"
            + " other users can read or change secrets.yml. Run: chmod 600 secrets.yml\n");
  }

  @Test
  void noProblemQuotesASecret() {
    checker.read(
        source(
                "variables: {s: {type: secret}}\n"
                    + "system: {release: '{variables.s}', hostname: 'a_{variables.s}', locale:"
                    + " '{variables.s}'}\n"
                    + "volume: {backing: '{variables.s}'}\n")
            .withEnvironment(Map.of("BOOTSTRAP_VZ_VAR_S", "Hunter2!")));
    assertTrue(checker.problems().lines().count() >= 4, checker.problems());
    assertFalse(checker.problems().contains("Hunter2"), checker.problems());
  }

  @Test
  void valuesThatAreUsedTooOftenDoNotFillTheMemory() {
    String big = "x".repeat(100_000);
    StringBuilder text = new StringBuilder("variables: {big: '" + big + "'}\nplugins:\n  p:\n");
    for (int i = 0; i < 100; i++) {
      text.append("    k").append(i).append(": 'a{variables.big}'\n");
    }
    checker.read(source(text.toString()));
    assertTrue(
        checker.problems().contains("The values of variables have more than 4 MiB where they are"),
        checker.problems());
  }

  @Test
  void anyKeyCanBeSet() {
    Manifest manifest =
        good(
            source(
                "packages: {install: [vim]}\nsystem: {hostname: web}\n",
                "system.release=bookworm",
                "packages.+install=[less, curl]",
                "packages.install_standard=true",
                "volume.partitions.boot={filesystem: ext4, size: 512MiB}",
                "system.hostname="));
    assertEquals("bookworm", manifest.release().codename());
    assertEquals(List.of("vim", "less", "curl"), manifest.at("packages.install").texts());
    assertTrue(manifest.at("packages.install_standard").isTrue());
    assertEquals("512MiB", manifest.at("volume.partitions.boot.size").text());
    assertFalse(manifest.at("system.hostname").exists());
  }

  @Test
  void anErrorInASettingNamesIt() {
    assertProblems(
        source(
            "",
            "system.release=bookwrm",
            "system..release=x",
            "include=[a.yml]",
            "system.hostname=[a"),
        "--set include: error: include: The key `include` cannot be set from outside of the manifest."
            + " Write it into the manifest or into its drop-in directory\n"
            + "--set system..release: error: system..release: `system..release` is not the path of a"
            + " key. Write keys with dots between them, for example system.release\n"
            + "--set system.hostname: error: system.hostname: The list that starts in line 1, column"
            + " 1 is not closed. Separate its entries by commas and end it with ]\n");
  }

  @Test
  void theValueOfASettingIsCheckedLikeThatOfAFile() {
    checker.read(source("", "system.releas=trixie", "volume.backing=qcow3"));
    String problems = checker.problems();
    assertTrue(
        problems.startsWith(
            "--set system.releas: error: system.releas: Unknown key `releas`. Did you mean"
                + " `release`?"),
        problems);
    assertTrue(
        problems.contains("--set volume.backing: error: volume.backing: \"qcow3\" is not allowed"),
        problems);
  }

  @Test
  void aSettingWithoutAValueIsRefused() {
    assertEquals(
        "\"system.release\" is not a setting. Write it as KEY=VALUE, for example"
            + " system.release=trixie",
        assertThrows(IllegalArgumentException.class, () -> Setting.parse("system.release"))
            .getMessage());
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that apt would ignore without a word. */
class AptChecksTest {
  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void openChecker() {
    checker = new ManifestChecker(folder);
  }

  private Manifest read(String packages) {
    return checker.read(ManifestChecker.GOOD + "packages:\n" + packages).orElseThrow();
  }

  private String problems(String packages) {
    read(packages);
    return checker.problems();
  }

  private String line(String options) {
    return problems("  sources:\n    a: ['deb [" + options + "] http://a.example.org/d s main']\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme repo", ".acme", "äcme", "acme,x", "acme/x", "a:b"})
  void aSourceListThatAptIgnores(String name) {
    String message =
        problems("  sources:\n    '" + name + "': ['deb http://a.example.org/d s main']\n");
    assertTrue(message.startsWith("m.yml:22:5: error: packages.sources."), message);
  }

  @Test
  void theNameOfAFileIsThatAfterItsVariablesAreExpanded() {
    assertEquals(
        "", problems("  sources: {'{system.release}-x': ['deb http://a.example.org/d s main']}\n"));
    assertEquals(
        "m.yml:21:13: error: packages.sources.{system.timezone} {%Y}: apt ignores a file named \"UTC"
            + " 2026\". A name has letters, digits, dashes, underscores and dots, does not start"
            + " with a dot, and has at most 247 characters\n",
        problems("  sources: {'{system.timezone} {%Y}': ['deb http://a.example.org/d s main']}\n"));
  }

  private static String pin(String name) {
    return "  preferences: {'" + name + "': [{package: x, pin: version 1, pin-priority: 1}]}\n";
  }

  @Test
  void preferencesWithAnEndingThatAptDoesNotRead() {
    assertEquals(
        "m.yml:21:17: error: packages.preferences.acme.pin: apt ignores a file named \"acme.pin\" in"
            + " preferences.d. Name it acme or acme.pref: other endings are not read\n",
        problems(pin("acme.pin")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"acme", "10_acme", "acme.pref", "a.b.pref", "main"})
  void preferencesThatAptReads(String name) {
    assertEquals("", problems(pin(name)));
  }

  @Test
  void aNameThatIsTooLongForAFile() {
    assertTrue(problems(pin("x".repeat(248))).contains("at most 247 characters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00acme.cnf", "1.0", "acme~", "a b"})
  void aConfigurationThatAptIgnores(String name) {
    assertEquals(
        "m.yml:21:16: error: packages.apt.conf.d."
            + name
            + ": The key `"
            + name
            + "` does not have the right form. Two or more letters, digits, dashes and underscores,"
            + " with the ending .conf or none: apt ignores other files, for example 00retries\n",
        problems("  apt.conf.d: {'" + name + "': 'A::B \"1\";'}\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"00acme", "00acme.conf", "a.b.conf", "main"})
  void aConfigurationThatAptReads(String name) {
    assertEquals("", problems("  apt.conf.d: {'" + name + "': 'A::B \"1\";'}\n"));
  }

  @Test
  void anUnknownOptionOfASource() {
    String message = line("check-valid-untl=no");
    assertTrue(
        message.startsWith(
            "m.yml:22:9: error: packages.sources.a.0: A source has no option"
                + " \"check-valid-untl\". Did you mean check-valid-until? Known: allow-"),
        message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trusted=maybe | yes or no",
        "check-valid-until=never | yes or no",
        "check-date=2 | yes or no",
        "by-hash=always | yes, no or force",
        "valid-until-max=1d | a number of seconds",
        "date-max-future=soon | a number of seconds",
        "arch=amd64, | a list of words, separated by commas",
        "signed-by=key | a list of key files and fingerprints",
        "signed-by= | a list of key files and fingerprints",
        "snapshot=2026/01/01 | enable, disable or a time such as 20260101T000000Z"
      })
  void anOptionWithAValueThatAptDoesNotUnderstand(String option, String wanted) {
    String[] pair = option.split("=", -1);
    assertEquals(
        "m.yml:22:9: error: packages.sources.a.0: \""
            + pair[1]
            + "\" is not a value of the option "
            + pair[0]
            + " of a source. It is "
            + wanted
            + "\n",
        line(option));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trusted=yes check-valid-until=no check-date=false pdiffs=on by-hash=force",
        "arch=amd64,i386 arch+=armhf lang-=de target=Packages contents-deb=no",
        "signed-by=/usr/share/keyrings/a.gpg,/etc/apt/keyrings/b.asc,0123456789ABCDEF0123456789ABCDEF01234567!",
        "valid-until-min=1 valid-until-max=99 date-max-future=10 inrelease-path=x/InRelease",
        "snapshot=20260101T000000Z",
        "snapshot=enable"
      })
  void optionsThatAptUnderstands(String options) {
    assertEquals("", line(options));
  }

  @Test
  void anOptionThatAptOfTheReleaseIgnoresIsAWarning() {
    checker.read(
        ManifestChecker.GOOD.replace("trixie", "bookworm")
            + "packages: {mirror: {url: 'http://a.example.org/d', snapshot: 20260101T000000Z}}\n");
    assertEquals(
        "m.yml:20:62: warning: packages.mirror.snapshot: apt of bookworm ignores the option"
            + " snapshot. Remove it, or build a later release\n",
        checker.problems());
  }

  @Test
  void mirrorsHaveOptions() {
    assertEquals(
        "",
        problems(
            """
              mirror:
                url: https://a.example.org/debian
                check-valid-until: false
                check-date: false
                trusted: true
                signed-by: [keys/a.asc, /usr/share/keyrings/b.gpg]
                snapshot: 20260101T000000Z
              security: {url: 'https://a.example.org/security', signed-by: keys/a.asc}
            """));
  }

  @Test
  void anUnknownOptionOfAMirror() {
    assertEquals(
        "m.yml:21:48: error: packages.mirror.trustd: Unknown key `trustd`. Did you mean `trusted`?"
            + " Allowed here: url, check-valid-until, check-date, trusted, signed-by, snapshot\n",
        problems("  mirror: {url: 'http://a.example.org/debian', trustd: true}\n"));
  }

  @Test
  void aKeyOfAMirrorThatAptCannotRead() {
    assertEquals(
        "m.yml:21:59: error: packages.mirror.signed-by: \"key.txt\" is not a value of the option"
            + " signed-by of a source. It is a list of key files and fingerprints\n",
        problems("  mirror: {url: 'http://a.example.org/debian', signed-by: key.txt}\n"));
  }

  @Test
  void keyFilesOfSourcesAndMirrorsAreFilesOfTheHost() {
    Manifest manifest =
        read(
            """
              mirror: {url: 'http://a.example.org/d', signed-by: [m.asc, /usr/share/keyrings/x.gpg]}
              sources:
                a: ['deb [signed-by=keys/{system.release}.gpg] http://a.example.org/d s main']
            """);
    assertEquals("", checker.problems());
    assertEquals(
        List.of(folder.resolve("keys/trixie.gpg"), folder.resolve("m.asc")),
        manifest.hostFiles().stream().map(file -> file.file()).toList());
  }

  @Test
  void aDirectoryOfTheHostIsNotSeenInTheImage() {
    assertEquals(
        "m.yml:21:20: warning: packages.sources.acme.0: apt in the image looks for /srv/repo in the"
            + " image; it does not see the files of this host. Serve the directory by HTTP, or name"
            + " its package files in packages.install\n",
        problems("  sources: {acme: ['deb [trusted=yes] file:/srv/repo ./']}\n"));
  }

  private static final String NOT_IN_IMAGE =
      "The image has the address without its password, so apt in it gets no packages from there. Put"
          + " the password into /etc/apt/auth.conf.d of each machine, or set"
          + " packages.keep-credentials to true if users of the image may know it\n";

  private static List<String> secrets(Manifest manifest) {
    return manifest.secrets().stream().map(Secret::reveal).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mirror: @ | m.yml:21:11: warning: packages.mirror: ",
        "mirror: {url: '@'} | m.yml:21:17: warning: packages.mirror.url: ",
        "security: @ | m.yml:21:13: warning: packages.security: ",
        "sources: {a: ['deb @ s main']} | m.yml:21:17: warning: packages.sources.a.0: "
      })
  void thePasswordOfAnAddressIsASecretThatIsNotInTheImage(String key, String expected) {
    Manifest manifest =
        read("  " + key.replace("@", "http://joe:Can%40ry77@a.example.org/d") + "\n");
    assertEquals(expected + " " + NOT_IN_IMAGE, checker.problems());
    assertEquals(List.of("Can%40ry77", "Can@ry77", "joe:Can@ry77"), secrets(manifest));
  }

  @Test
  void thePasswordsOfTheBuildAloneAreSecretAndNeedNoWarning() {
    Manifest manifest =
        read(
            """
              mirror: http://mirror.example.org/debian
              security: http://mirror.example.org/debian-security
              snapshot: {time: 20260101T000000Z, mirror: 'http://joe:Canary77@a.example.org/s'}
            """);
    assertEquals("", checker.problems());
    assertEquals(List.of("Canary77", "joe:Canary77"), secrets(manifest));
  }

  @Test
  void thePasswordThatStaysInTheImageIsAWarning() {
    read("  mirror: http://joe:Canary77@mirror.example.org/debian\n  keep-credentials: true\n");
    assertEquals(
        "m.yml:21:11: warning: packages.mirror: The password in the address becomes part of the"
            + " image, in a file of /etc/apt/auth.conf.d that only root can read. Use a password"
            + " that users of the image may know\n",
        checker.problems());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mirror: http://joe:Canary%2077@a.example.org/d",
        "sources: {a: ['deb http://joe:Canary%2077@a.example.org/d s main']}",
        "snapshot: {time: 20260101T000000Z, mirror: 'http://joe:Canary%2077@a.example.org/d'}"
      })
  void aPasswordThatAptCannotReadIsAnError(String key) {
    String problems = problems("  " + key + "\n");
    assertTrue(problems.contains(": error: packages."), problems);
    assertTrue(
        problems.contains(
            ": The user name or password in the address has white space, which the file that apt"
                + " reads it from cannot hold. Use a user name and password without white space"),
        problems);
    assertFalse(problems.contains("Canary"), problems);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sources: {a: ['debb http://joe:Canary77@a.example.org/d s main']}",
        "sources: {a: ['deb [x] http://joe:Canary77@a.example.org/d s main']}",
        "mirror: 'http://joe:Canary77@a.example.org/d x'",
        "components: ['http://joe:Canary77@a.example.org d']"
      })
  void aMessageDoesNotShowThePassword(String key) {
    String problems = problems("  " + key + "\n");
    assertTrue(problems.contains(": error: "), problems);
    assertFalse(problems.contains("Canary77"), problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trusted-keys: [a.asc, b.pgp] | m.yml:21:25: error: packages.trusted-keys.1: | b.pgp",
        "mirror: {url: 'http://a/d', signed-by: k.pgp} | m.yml:21:42: error: packages.mirror.signed-by: | k.pgp",
        "sources: {a: ['deb [signed-by=/srv/k.pgp] http://a/d s m']} | m.yml:21:17: error: packages.sources.a.0: | /srv/k.pgp"
      })
  void aKeyInAFileThatAptDoesNotReadInEachRelease(String key, String place, String file) {
    assertEquals(
        place
            + " apt reads keys only from files whose names end in .asc or .gpg, not from \""
            + file
            + "\". Rename it: to .asc if it starts with -----BEGIN PGP PUBLIC KEY BLOCK-----,"
            + " otherwise to .gpg\n",
        problems("  " + key + "\n"));
  }

  @Test
  void aKeyringOfThePackageInTheImageMayEndInPgp() {
    assertEquals("", line("signed-by=/usr/share/keyrings/debian-archive-keyring.pgp"));
  }
}

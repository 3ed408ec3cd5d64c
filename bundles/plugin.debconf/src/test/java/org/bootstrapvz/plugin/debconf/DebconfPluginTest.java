/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.debconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DebconfPluginTest extends PluginTest<DebconfPlugin> {
  DebconfPluginTest() {
    super("debconf", new DebconfPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{shop: secret} | plugins.debconf:",
        "[a, b] | plugins.debconf:",
        "'' | plugins.debconf:",
        "\"# nothing\" | There is no answer in it",
        "'shop shop/secret' | Line 1 of the answers is too short",
        "'shop shop/key pasword secret' | question shop/key, has an unknown type. Did you mean password",
        "'shop shop/key xyzzy secret' | has an unknown type. Types are boolean, error",
      })
  void errorsAreReportedWithoutTheAnswers(String settings, String expected) {
    assertOneProblem(settings, expected);
    assertFalse(
        checker.problems().get(0).replace("shop/secret", "").contains("secret"),
        checker.problems().toString());
  }

  @Test
  void everyLineIsCheckedExceptCommentsBlankLinesAndContinuations() {
    check(
        "|\n# answers\n\nshop shop/a string one \\\n  two\nshop shop/b seen true\nshop\nshop x y z");
    assertEquals(
        List.of(
            "plugins.debconf: Line 6 of the answers is too short. Write package, question, type and"
                + " answer, for example \"tzdata tzdata/Areas select Europe\"",
            "plugins.debconf: Line 7 of the answers, question x, has an unknown type. Types are"
                + " boolean, error, multiselect, note, password, seen, select, string, text, title"),
        checker.problems());
  }

  @Test
  void theAnswersArePassedOnStandardInputAndAreASecret() throws Exception {
    Manifest manifest = check("|\nshop shop/key password lovelace\n");
    assertEquals(List.of(), checker.problems());
    assertEquals(1, manifest.secrets().size());
    TestBuild build = new TestBuild(manifest, Files.createDirectory(directory.resolve("build")));
    new DebconfSetSelections().run(build);
    assertEquals(List.of("debconf-set-selections"), build.host().imageCommandLines());
    assertTrue(
        build
            .host()
            .imageCommands()
            .get(0)
            .input()
            .orElseThrow()
            .reveal()
            .startsWith("shop shop/key password lovelace\n"));
  }
}

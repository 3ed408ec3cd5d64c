/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestSource.Setting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConditionsTest {
  private static final String ROLES =
      """
      include: [good.yml]
      variables: {role: web, size: 1, tags: [a, b]}
      packages: {install: [vim]}
      system: {hostname: other}
      when:
      - if: {role: web}
        then: {packages: {+install: [nginx]}, system: {hostname: web}}
        else: {system: {timezone: Europe/Berlin}}
      - if: {role: [web, db], size: {not: [2, 3]}}
        then: {packages: {+install: [less]}}
      - if: {tags: b}
        then: {packages: {+install: [jq]}}
      """;

  @TempDir Path folder;
  private ManifestChecker checker;

  @BeforeEach
  void prepare() {
    checker = new ManifestChecker(folder);
    checker.file("good.yml", ManifestChecker.GOOD);
  }

  private Manifest with(String... settings) {
    Manifest manifest =
        checker
            .read(
                ManifestSource.of(checker.file("m.yml", ROLES))
                    .withSettings(List.of(settings).stream().map(Setting::parse).toList()))
            .orElseThrow(() -> new AssertionError(checker.problems()));
    assertEquals("", checker.problems());
    return manifest;
  }

  @Test
  void partsAreMergedIfTheirConditionHolds() {
    Manifest web = with();
    assertEquals("web", web.at("system.hostname").text());
    assertEquals("UTC", web.at("system.timezone").text());
    assertEquals(List.of("vim", "nginx", "less", "jq"), web.at("packages.install").texts());
    Manifest mail = with("role=mail", "tags=[c]");
    assertEquals("other", mail.at("system.hostname").text());
    assertEquals("Europe/Berlin", mail.at("system.timezone").text());
    assertEquals(List.of("vim"), mail.at("packages.install").texts());
    assertEquals(List.of("vim", "jq"), with("role=db", "size=3").at("packages.install").texts());
  }

  @Test
  void anIncludingFileHasPrecedenceOverTheConditionsOfAnInclude() {
    checker.file("roles.yml", ROLES);
    Manifest manifest = checker.good("include: [roles.yml]\nsystem: {hostname: mine}\n");
    assertEquals("mine", manifest.at("system.hostname").text());
  }

  @Test
  void aConditionOnAVariableThatDoesNotExist() {
    checker.read(
        ManifestChecker.GOOD + "variables: {role: web}\nwhen:\n- if: {rol: web}\n  then: {}\n");
    assertEquals(
        "m.yml:22:8: error: when.0.if.rol: There is no variable `rol`. Did you mean `role`? A"
            + " condition compares variables, which `variables` or `matrix` declare\n",
        checker.problems());
  }

  @Test
  void anIncludeThatDependsOnACondition() {
    checker.read(
        ManifestChecker.GOOD
            + "variables: {role: web}\nwhen:\n- if: {role: web}\n  then: {include: [a.yml]}\n");
    assertEquals(
        "m.yml:23:10: error: when.0.then.include: The key `include` cannot depend on a condition."
            + " Include a file whose name has a variable, such as \"{variables.role}.yml\"\n",
        checker.problems());
  }

  @Test
  void aConditionOfTheWrongForm() {
    checker.read(ManifestChecker.GOOD + "when:\n- if: {}\n  thn: {}\n");
    String problems = checker.problems();
    assertTrue(problems.contains("when.0: The key `then` is missing"), problems);
    assertTrue(problems.contains("Unknown key `thn`. Did you mean `then`?"), problems);
    assertTrue(problems.contains("when.0.if: The map is empty"), problems);
    assertFalse(problems.contains("variable `"), problems);
  }
}

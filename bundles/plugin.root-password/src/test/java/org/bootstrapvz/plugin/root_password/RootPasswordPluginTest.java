/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.root_password;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.testkit.PluginTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootPasswordPluginTest extends PluginTest<RootPasswordPlugin> {
  private static final String SHA256 = "$5$saltsalt$" + "x".repeat(43);
  private static final String SHA512 = "$6$rounds=5000$saltsalt$" + "x".repeat(86);

  RootPasswordPluginTest() {
    super("root_password", new RootPasswordPlugin(), new ManifestFiles());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hunter2", "abcdefghijklm", "$6$salt$short", "$9$salt$aaaaaaaaaaaaaaaaaaaaaa", ""})
  void aPasswordThatIsNotAHashIsReportedAndNotShown(String text) {
    String problem = "The value does not have the right form. Password hash of crypt(5)";
    assertOneProblem("{password-crypted: '" + text + "'}", problem);
    assertEquals(false, !text.isEmpty() && checker.problems().toString().contains(text));
  }

  @Test
  void hashesAndLockedPasswordsAreAccepted() {
    for (String hash :
        new String[] {
          SHA256,
          SHA512,
          "!" + SHA512,
          "$y$j9T$saltsaltsaltsalt$" + "x".repeat(43),
          "$2b$10$" + "x".repeat(53),
          "$1$salt$" + "x".repeat(22),
          "*",
          "!"
        }) {
      check("{password-crypted: '" + hash + "'}");
    }
    assertEquals("[]", checker.problems().toString());
  }
}

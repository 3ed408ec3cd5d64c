/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.Test;

/** The texts that are masked, and those that are not. */
class MaskingTest {
  private static String mask(String text, String... secrets) {
    return new Masking(Stream.of(secrets).map(Secret::of).toList()).apply(text);
  }

  @Test
  void everyOccurrenceIsMasked() {
    assertEquals("a ****** b ******", mask("a x.y b x.y", "x.y"));
    assertEquals("xzy", mask("xzy", "x.y"));
  }

  @Test
  void theLongerOfTwoSecretsIsMaskedCompletely() {
    assertEquals("******", mask("password1", "pass", "password1"));
  }

  @Test
  void eachLineOfALongSecretIsMaskedAndSoIsTheWhole() {
    String key = "{\n  \"key\": 7\n}";
    assertEquals("******", mask(key, key));
    assertEquals("  ******", mask("  \"key\": 7", key));
    assertEquals("{ } stay", mask("{ } stay", key));
  }

  @Test
  void aSecretIsMaskedInAQuotedCommandLineToo() {
    String line = Command.of("login", "it's me").toString();
    assertEquals("login '******'", mask(line, "it's me"));
  }

  @Test
  void aShortSecretIsMaskedAsASeparateWord() {
    assertEquals("latest root:****** '******'", mask("latest root:test 'test'", "test"));
    assertEquals(
        "arch-test --password=****** -******", mask("arch-test --password=test -test", "test"));
    assertEquals("my******", mask("mypassword", "password"));
  }

  @Test
  void noSecretsAndEmptyOnesMaskNothing() {
    assertEquals("text", mask("text"));
    assertEquals("text", mask("text", ""));
    assertEquals("text", new Masking(List.of()).apply("text"));
  }
}

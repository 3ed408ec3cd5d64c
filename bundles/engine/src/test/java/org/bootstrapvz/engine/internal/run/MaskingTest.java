/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://joe:p%40s%3As%20%C3%BC%25@mirror.example.org/",
        "http://joe:p%40s%3as%20%c3%bc%25@mirror.example.org/",
        "http://joe:p%40s%3As+%C3%BC%25@mirror.example.org/",
        "http://joe:p@s:s ü%@mirror.example.org/"
      })
  void aSecretIsMaskedInAnAddressHoweverItIsEncoded(String text) {
    assertEquals("http://joe:******@mirror.example.org/", mask(text, "p@s:s ü%"));
  }

  @Test
  void aSecretIsMaskedInBase64WithAndWithoutPadding() {
    String basic = Base64.getEncoder().encodeToString("joe:Canary77".getBytes(UTF_8));
    assertEquals(
        "Authorization: Basic ******", mask("Authorization: Basic " + basic, "joe:Canary77"));
    assertEquals("auth=******", mask("auth=Q2FuYXJ5NzdY", "Canary77X"));
    assertEquals("auth=******;", mask("auth=Q2FuYXJ5NzI;", "Canary72"));
    assertEquals("auth=******;", mask("auth=Q2FuYXJ5NzI=;", "Canary72"));
    assertEquals("in an address ******", mask("in an address Pz4_Pz8-", "?>???>"));
  }

  @Test
  void theBase64OfAShortSecretDoesNotMaskOrdinaryText() {
    // YQ, YWI and YWJj are a, ab and abc.
    assertEquals("YQ YWI xYWJj", mask("YQ YWI xYWJj", "a", "ab", "abc"));
    assertEquals("****** ******", mask("YWI= YWJj", "ab", "abc"));
  }

  @Test
  void aTextIsOnlyDividedWhereNoSecretIs() {
    Masking masking = new Masking(List.of(Secret.of("passphrase"), Secret.of("wide secret")));
    String line = "x".repeat(40) + "passphrase, wide secret" + "y".repeat(40);
    for (int length = 1; length <= line.length(); length++) {
      int end = masking.separable(line.substring(0, length));
      String parts = masking.apply(line.substring(0, end)) + masking.apply(line.substring(end));
      assertEquals(masking.apply(line), parts, "divided at " + end);
    }
    assertEquals(84, masking.separable("z".repeat(100)));
    assertEquals(100, new Masking(List.of()).separable("z".repeat(100)));
  }
}

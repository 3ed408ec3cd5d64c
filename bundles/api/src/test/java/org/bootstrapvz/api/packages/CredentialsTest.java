/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static Credentials of(String address) {
    return Credentials.of(address).orElseThrow();
  }

  private static String file(String... addresses) {
    return Credentials.file(Stream.of(addresses).map(CredentialsTest::of).toList()).reveal();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://joe:secret@a.example.org/d  | http://a.example.org/d | login joe password secret",
        "http://joe:p%40s%3As%25@a.example.org/d | http://a.example.org/d | login joe password p@s:s%",
        "http://j%40x:p@s:s@a.example.org/d | http://a.example.org/d | login j@x password p@s:s",
        "http://joe:100%@a.example.org/d    | http://a.example.org/d | login joe password 100%",
        "http://joe:%C3%BC@a.example.org/d  | http://a.example.org/d | login joe password ü",
        "https://token@a.example.org:8443/@ | https://a.example.org:8443/@ | login token",
        "https://token:@a.example.org       | https://a.example.org | login token",
        "tor+https://:secret@a.example.org/ | tor+https://a.example.org/ | password secret"
      })
  void theyAreTakenOutOfTheAddress(String address, String rest, String entry) {
    assertEquals(rest, Credentials.without(address));
    assertEquals(rest, of(address).toString());
    assertEquals("machine " + rest.replaceFirst("/*$", "/") + " " + entry + "\n", file(address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example.org/d",
        "http://a.example.org/@x",
        "http://[::1]:8080/d",
        "file:/a@b",
        ""
      })
  void anAddressWithoutThemStays(String address) {
    assertEquals(Optional.empty(), Credentials.of(address));
    assertEquals(address, Credentials.without(address));
    assertEquals(address, Credentials.masked(address));
  }

  @Test
  void theMostSpecificAddressComesFirst() {
    assertEquals(
        """
        machine http://a.example.org/debian/main/ login c password 3
        machine http://a.example.org/debian/ login b password 2
        machine http://a.example.org/ login a password 1
        """,
        file(
            "http://a:1@a.example.org",
            "http://b:2@a.example.org/debian",
            "http://c:3@a.example.org/debian/main/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p%20w", "p%09w", "p%0Amachine", "p%00"})
  void whiteSpaceIsAProblem(String password) {
    String problem = of("http://joe:" + password + "@a.example.org/d").problem().orElseThrow();
    assertFalse(problem.contains("p%"), problem);
    assertTrue(of("http://" + password + ":x@a.example.org/d").problem().isPresent());
    assertEquals(Optional.empty(), of("http://joe:p%40w@a.example.org/d").problem());
  }

  @Test
  void secretsAreThePasswordAsWrittenAndAsMeantAndWhatIsSent() {
    assertEquals(
        List.of("p%40w", "p@w", "j@x:p@w"),
        of("http://j%40x:p%40w@a.example.org/d").secrets().stream().map(Secret::reveal).toList());
    assertEquals(
        List.of("token", "token:"),
        of("http://token@a.example.org/d").secrets().stream().map(Secret::reveal).toList());
    assertEquals(List.of(), of("http://:@a.example.org/d").secrets());
  }

  @Test
  void thoseInATextAreMasked() {
    assertEquals(
        "\"debb http://******@a.example.org/d s\", or https://******@b.example.org",
        Credentials.masked(
            "\"debb http://joe:p@w@a.example.org/d s\", or https://t@b.example.org"));
    assertEquals(
        List.of("http://a.example.org/d", "http://b.example.org/d"),
        Credentials.in("deb [trusted=yes] http://j:p@a.example.org/d s http://x@b.example.org/d")
            .stream()
            .map(Credentials::address)
            .toList());
  }
}

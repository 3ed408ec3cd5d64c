/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SystemNamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"web1", "WEB", "1", "web-1.example.org", "a.b"})
  void hostNames(String name) {
    assertEquals(Optional.empty(), SystemNames.hostName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-box", "box-", "büro", "a_b", "a b", "a..b", ".a", "a.", "a.-b"})
  void whatIsNotAHostName(String name) {
    String problem = SystemNames.hostName(name).orElseThrow().problem();
    assertEquals("\"" + name + "\" is not a host name", problem);
  }

  @Test
  void hostNamesAreLimitedInLength() {
    String label = "a".repeat(63);
    assertEquals(Optional.empty(), SystemNames.hostName(label));
    assertTrue(SystemNames.hostName(label + "a").isPresent());
    assertEquals(
        "The host name has 65 characters",
        SystemNames.hostName(label + ".b").orElseThrow().problem());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vim",
        "g++",
        "libstdc++6",
        "0ad",
        "ab:i386",
        "linux-image-6.1.0-1-amd64",
        "web-server^"
      })
  void packageNames(String name) {
    assertEquals(Optional.empty(), SystemNames.packageName(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o", "--allow", "Vim", "a", "", "vim_8", "+a", "vïm"})
  void whatIsNotAPackageName(String name) {
    assertTrue(SystemNames.packageName(name).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en_US", "C", "POSIX", "de_DE@euro", "sr_RS@latin", "eo", "hsb_DE"})
  void locales(String name) {
    assertEquals(Optional.empty(), SystemNames.locale(name));
  }

  @ParameterizedTest
  @CsvSource({
    "xx_YY, Write a language and a country such as en_US",
    "en_UK, Did you mean en_GB?",
    "de_De, Did you mean de_DE?",
    "de_DE@euor, Did you mean de_DE@euro?",
    "de, Write de_DE or the like",
    "en, Write en_US or the like",
    "fy, Write fy_DE or the like",
  })
  void unknownLocalesAreRefusedWithTheNearest(String name, String remedy) {
    assertEquals(
        remedy, SystemNames.locale(name).orElseThrow().remedy().replace("country, ", "country "));
  }

  @ParameterizedTest
  @CsvSource({
    "UTF8, Did you mean UTF-8?",
    "utf-8, Did you mean UTF-8?",
    "ISO8859-1, Did you mean ISO-8859-1?",
    "nothing, Write one such as UTF-8",
  })
  void unknownCharacterEncodings(String name, String remedy) {
    assertEquals(remedy, SystemNames.charmap(name).orElseThrow().remedy());
  }

  @Test
  void characterEncodings() {
    for (String name : List.of("UTF-8", "ISO-8859-15", "KOI8-R", "EUC-JP")) {
      assertEquals(Optional.empty(), SystemNames.charmap(name));
    }
  }

  @Test
  void timeZones() {
    for (String name :
        List.of(
            "UTC", "Etc/UTC", "Europe/Berlin", "US/Pacific", "America/Argentina/Buenos_Aires")) {
      assertEquals(Optional.empty(), SystemNames.timeZone(name));
    }
    assertEquals(
        "There is no time zone \"Europe/Berlinn\"",
        SystemNames.timeZone("Europe/Berlinn").orElseThrow().problem());
    assertEquals(
        "Did you mean Europe/Berlin?",
        SystemNames.timeZone("Europe/Berlinn").orElseThrow().remedy());
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Which texts of clients are accepted. */
class InputGateTest {
  private static void refused(String detail, Executable check) {
    HttpProblem problem = assertThrows(HttpProblem.class, check);
    assertEquals(400, problem.status());
    assertEquals(detail, problem.detail());
  }

  @Test
  void aTextWithAControlCharacterOrAnOverrideIsRefusedWithItsPlace() throws Exception {
    InputGate.checkWord("name", "Büro 1 – größer.yml");
    InputGate.checkText("The body", "a:\r\n\t- 日本語 😀\n");
    refused("name: The character U+0000 is not allowed", () -> InputGate.checkWord("name", "a\0"));
    refused("name: The character U+000A is not allowed", () -> InputGate.checkWord("name", "\n"));
    refused("name: The character U+001B is not allowed", () -> InputGate.checkWord("name", "\33["));
    refused(
        "The body, line 2, column 4: The character U+202E is not allowed",
        () -> InputGate.checkText("The body", "a:\n  b\u202E"));
    refused(
        "name: The text has more than 1024 characters",
        () -> InputGate.checkWord("name", "a".repeat(1025)));
  }

  @Test
  void malformedEncodingsAreRefused() throws Exception {
    assertEquals("a/ü+", InputGate.decode("name", "a%2F%c3%bc+"));
    refused("name: This is not valid UTF-8", () -> InputGate.decode("name", "%ff"));
    refused("name: This is not valid UTF-8", () -> InputGate.decode("name", "%c0%80"));
    for (String malformed : new String[] {"%", "%1", "%zz", "%-1"}) {
      refused(
          "name: A percent sign must be followed by two hexadecimal digits",
          () -> InputGate.decode("name", malformed));
    }
  }

  @Test
  void jsonIsLimitedAndItsEscapesAreChecked() throws Exception {
    assertEquals("é", Json.strict("{\"a\":\"\\u00e9\"}").get("a").asString());
    refused(
        "The body/list/1: The character U+0000 is not allowed",
        () -> Json.strict("{\"list\":[\"a\",\"\\u0000\"]}"));
    String nested =
        assertThrows(HttpProblem.class, () -> Json.strict("[".repeat(900) + "]".repeat(900)))
            .detail();
    assertTrue(
        nested.matches(
            "The body, line 1, column 6\\d: JSON may be nested 64 levels deep, and a number may have"
                + " 100 digits"),
        nested);
    assertThrows(HttpProblem.class, () -> Json.strict("9".repeat(1_000_000)));
  }
}

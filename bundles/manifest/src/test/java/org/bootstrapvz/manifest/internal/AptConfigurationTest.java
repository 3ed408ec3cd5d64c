/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The syntax of apt configuration. */
class AptConfigurationTest {
  private static void assertProblem(String text, String problem) {
    assertEquals(Optional.of(problem), AptConfiguration.problem(text));
  }

  @Test
  void validConfigurationIsAccepted() {
    String text =
        """
        // a comment; with "quotes
        # another one {
        /* and
           one more { */
        Acquire::Retries "3";
        Acquire { http { Proxy "http://proxy.example.org:3128"; }; };
        DPkg::Post-Invoke { "rm -f /x || true"; "true"; };
        APT::Get::Assume-Yes true;
        #clear DPkg::Pre-Invoke;
        Dir::Etc "a b";
        """;
    assertEquals(Optional.empty(), AptConfiguration.problem(text));
    assertEquals(Optional.empty(), AptConfiguration.problem(""));
  }

  @Test
  void aMissingSemicolon() {
    assertProblem(
        "A \"1\"\nB \"2\";\n", "The statement that starts in line 1 does not end with a semicolon");
    assertProblem(
        "A \"1\";\nB \"2\"\n", "The statement that starts in line 2 does not end with a semicolon");
    assertProblem(
        "A {\n B \"2\"\n};", "The statement that starts in line 2 does not end with a semicolon");
  }

  @Test
  void bracesThatDoNotMatch() {
    assertProblem("A {\n B \"2\";\n", "Line 1 has a { that is not closed");
    assertProblem("A \"1\";\n};\n", "Line 2 has a } without a {");
    assertProblem("{ A \"1\"; };", "Line 1 has a { that does not follow a name");
  }

  @Test
  void aQuoteThatIsNotClosedOnItsLine() {
    assertProblem("A \"1;\nB \"2\";\n", "Line 1 has a quote that is not closed");
  }

  @Test
  void aCommentThatIsNotClosed() {
    assertProblem("A \"1\";\n/* B", "Line 2 has a comment that is not closed");
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class SentencesTest {

  @Test
  void aMissingFileIsNamed() {
    assertEquals("/a/b does not exist.", Sentences.of(new NoSuchFileException("/a/b")));
  }

  @Test
  void aForbiddenFileIsNamed() {
    assertEquals("No permission for /a/b.", Sentences.of(new AccessDeniedException("/a/b")));
  }

  @Test
  void aMessageOfSeveralLinesBecomesOne() {
    assertEquals(
        "IllegalStateException: one two", Sentences.of(new IllegalStateException("one\n   two")));
  }

  @Test
  void aFailureWithoutMessageIsNamedByItsKind() {
    assertEquals("ArithmeticException.", Sentences.of(new ArithmeticException()));
  }

  @Test
  void ourOwnMessagesStandAlone() {
    assertEquals("It is so.", Sentences.of(new LaunchException("It is so.")));
  }
}

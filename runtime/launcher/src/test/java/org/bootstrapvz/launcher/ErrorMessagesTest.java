/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ErrorMessagesTest {

  @Test
  void aMissingFileIsNamed() {
    assertEquals("/a/b does not exist.", ErrorMessages.of(new NoSuchFileException("/a/b")));
  }

  @Test
  void aForbiddenFileIsNamed() {
    assertEquals("No permission for /a/b.", ErrorMessages.of(new AccessDeniedException("/a/b")));
  }

  @Test
  void aMessageOfSeveralLinesBecomesOne() {
    assertEquals(
        "IllegalStateException: one two",
        ErrorMessages.of(new IllegalStateException("one\n   two")));
  }

  @Test
  void aFailureWithoutMessageIsNamedByItsKind() {
    assertEquals("ArithmeticException.", ErrorMessages.of(new ArithmeticException()));
  }

  @Test
  void messagesOfLaunchExceptionsAreUnchanged() {
    assertEquals("It is so.", ErrorMessages.of(new LaunchException("It is so.")));
  }
}

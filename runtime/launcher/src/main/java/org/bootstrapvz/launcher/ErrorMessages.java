/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.bootstrapvz.api.file.UnsafePathException;

/** Describes a failure in one line. */
final class ErrorMessages {

  private ErrorMessages() {}

  static String of(Throwable problem) {
    String said = problem.getMessage();
    String text;
    if (problem instanceof NoSuchFileException) {
      text = said + " does not exist.";
    } else if (problem instanceof AccessDeniedException) {
      text = "No permission for " + said + ".";
    } else if (said == null) {
      text = problem.getClass().getSimpleName() + ".";
    } else if (problem instanceof LaunchException
        || problem instanceof FileSystemException
        || problem instanceof UnsafePathException) {
      text = said;
    } else {
      text = problem.getClass().getSimpleName() + ": " + said;
    }
    return text.replaceAll("\\s*\\R\\s*", " ");
  }
}

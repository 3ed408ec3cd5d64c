/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Explains why a file cannot be used; the exceptions of the JDK often contain only its name. */
public final class FileProblem {
  private FileProblem() {}

  /** The file and what is wrong with it. */
  public static String describe(IOException e) {
    if (!(e instanceof FileSystemException problem)) {
      return String.valueOf(e.getMessage());
    }
    String reason;
    if (e instanceof NoSuchFileException) {
      reason = "no such file or directory";
    } else if (e instanceof AccessDeniedException) {
      reason = "permission denied";
    } else if (e instanceof FileAlreadyExistsException) {
      reason = "file exists";
    } else {
      reason = String.valueOf(problem.getReason());
    }
    return problem.getFile() + ": " + reason;
  }
}

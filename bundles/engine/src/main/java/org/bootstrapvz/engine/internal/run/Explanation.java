/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.bootstrapvz.api.problem.BuildException;

/** Describes exceptions in words. */
final class Explanation {
  private Explanation() {}

  /** For users: the message of a failure; for unforeseen exceptions, its class, too. */
  static String of(Throwable failure) {
    if (failure instanceof FileSystemException e && e.getReason() == null) {
      return fileProblem(e) + ": " + e.getFile();
    }
    boolean speaks = failure instanceof BuildException || failure instanceof IOException;
    return speaks && failure.getMessage() != null ? failure.getMessage() : failure.toString();
  }

  /** The message of these exceptions is only the path. */
  private static String fileProblem(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "A file or directory already exists";
    }
    if (failure instanceof AccessDeniedException) {
      return "Permission denied";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return "The directory is not empty";
    }
    return failure.getClass().getSimpleName();
  }

  /** For the log: the place where it was thrown. */
  static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}

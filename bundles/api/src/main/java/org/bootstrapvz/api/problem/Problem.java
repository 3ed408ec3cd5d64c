/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import java.util.Locale;

/**
 * A problem of the user's input.
 *
 * @param severity an error prevents a build, a warning does not
 * @param location its location
 * @param path the place in the manifest: {@code volume.partitions.root.size}; empty for the file as
 *     a whole
 * @param message the problem, as a sentence without a full stop
 * @param remedy the remedy, as a sentence without a full stop; empty if the message contains it
 */
public record Problem(
    Severity severity, Location location, String path, String message, String remedy) {
  /** Whether it prevents a build. */
  public enum Severity {
    /** Prevents a build. */
    ERROR,
    /** Does not prevent a build. */
    WARNING
  }

  /** Returns {@code file:line:column: error: path: message. remedy.} */
  @Override
  public String toString() {
    return location + ": " + severity.name().toLowerCase(Locale.ROOT) + ": " + statement();
  }

  /**
   * Returns {@code file:line:column: path: message. remedy}, for the message of an exception or an
   * entry of a log: whoever shows these adds the severity.
   */
  public String withoutSeverity() {
    return location + ": " + statement();
  }

  private String statement() {
    return (path.isEmpty() ? "" : path + ": ") + message + (remedy.isEmpty() ? "" : ". " + remedy);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

/**
 * Something wrong with a person's input.
 *
 * @param severity an error prevents a build, a warning does not
 * @param location where it stands
 * @param path the place in the manifest: {@code volume.partitions.root.size}; empty for the file as
 *     a whole
 * @param message what is wrong, as a sentence without a full stop
 * @param remedy what would be right, as a sentence without a full stop; empty if the message says
 *     it
 */
public record Problem(
    Severity severity, Location location, String path, String message, String remedy) {
  /** How bad it is. */
  public enum Severity {
    /** Prevents a build. */
    ERROR,
    /** Does not. */
    WARNING
  }

  /** {@code file:line:column: error: path: message. remedy.} */
  @Override
  public String toString() {
    return location
        + ": "
        + severity.name().toLowerCase(java.util.Locale.ROOT)
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message
        + (remedy.isEmpty() ? "" : ". " + remedy);
  }
}

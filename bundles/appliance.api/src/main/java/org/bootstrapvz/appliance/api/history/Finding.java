/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import org.bootstrapvz.api.problem.Problem;

/**
 * A problem of a submitted manifest, without the file in which the appliance keeps the manifest.
 *
 * @param severity an error prevents a build, a warning does not
 * @param line counted from 1; 0 for the manifest as a whole
 * @param column counted from 1; 0 for the line as a whole
 * @param path the path in the manifest; may be empty
 * @param message what is wrong
 * @param remedy what would be right; may be empty
 */
public record Finding(
    Problem.Severity severity, int line, int column, String path, String message, String remedy) {
  /** The finding for a problem. */
  public static Finding of(Problem problem) {
    return new Finding(
        problem.severity(),
        problem.location().line(),
        problem.location().column(),
        problem.path(),
        problem.message(),
        problem.remedy());
  }
}

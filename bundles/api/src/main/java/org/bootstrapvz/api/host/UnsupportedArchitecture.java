/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;

/**
 * An architecture whose programs a machine cannot run, neither itself nor with an emulator.
 *
 * @param machine the Debian architecture of the machine: {@code amd64}
 * @param architecture the Debian architecture of the programs: {@code arm64}
 * @param cause why it cannot run them, as a sentence without a full stop
 * @param packages the packages that {@link Machine#support} installs; empty if none is missing
 * @param remedy what the operator can do, as a sentence without a full stop
 */
public record UnsupportedArchitecture(
    String machine, String architecture, String cause, SortedSet<String> packages, String remedy) {
  /** Copies the packages. */
  public UnsupportedArchitecture {
    packages = Collections.unmodifiableSortedSet(new TreeSet<>(packages));
  }

  /**
   * Returns it as a problem of a manifest.
   *
   * @param severity whether it prevents what is done with the manifest now
   * @param location the location of the value that names the architecture
   * @param path the path of that value
   */
  public Problem problem(Severity severity, Location location, String path) {
    return new Problem(
        severity,
        location,
        path,
        "This machine, which is "
            + machine
            + ", cannot run programs for "
            + architecture
            + ", but building the image runs its programs. "
            + cause,
        remedy);
  }
}

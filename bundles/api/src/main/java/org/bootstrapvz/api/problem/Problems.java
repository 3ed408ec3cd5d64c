/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import org.osgi.annotation.versioning.ProviderType;

/** Collects problems, so that a user sees all of them at once. Used by one thread. */
@ProviderType
public interface Problems {
  /** Adds a problem. */
  void add(Problem problem);

  /**
   * Adds an error at a value of the manifest; an absent value is reported at the nearest enclosing
   * one.
   *
   * @param remedy the remedy; may be empty
   */
  default void error(Located where, String message, String remedy) {
    add(new Problem(Problem.Severity.ERROR, where.location(), where.path(), message, remedy));
  }

  /** Adds a warning at a value of the manifest. */
  default void warning(Located where, String message, String remedy) {
    add(new Problem(Problem.Severity.WARNING, where.location(), where.path(), message, remedy));
  }
}

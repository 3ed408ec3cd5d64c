/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;

/**
 * How the base system was installed.
 *
 * @param sources the sources whose package lists are still in the root; empty if there are none
 * @param completePriorities whether the packages of the variant's priorities are already installed
 */
public record Bootstrapped(List<String> sources, boolean completePriorities) {
  /** With an immutable copy of the sources. */
  public Bootstrapped {
    sources = List.copyOf(sources);
  }
}

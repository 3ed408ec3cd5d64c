/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.List;

/**
 * How the base system was made.
 *
 * @param sources the sources whose package lists it left in the root; empty if it left none
 * @param completePriorities whether the packages of the variant's priorities are installed already
 */
public record Bootstrapped(List<String> sources, boolean completePriorities) {
  /** With an immutable copy of the sources. */
  public Bootstrapped {
    sources = List.copyOf(sources);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.Set;
import java.util.TreeSet;

/**
 * Names of the types of values that a task declares.
 *
 * @param requires those of which it reads the only value
 * @param collects those of which it reads all values; holds the required ones as well
 * @param provides those of which it provides values
 */
public record TaskValues(Set<String> requires, Set<String> collects, Set<String> provides) {
  /** Copies the sets and adds what is required to what is collected. */
  public TaskValues {
    requires = Set.copyOf(requires);
    Set<String> readable = new TreeSet<>(collects);
    readable.addAll(requires);
    collects = Set.copyOf(readable);
    provides = Set.copyOf(provides);
  }
}

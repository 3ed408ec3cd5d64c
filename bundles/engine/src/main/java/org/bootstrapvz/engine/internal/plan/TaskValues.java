/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.Set;
import java.util.TreeSet;

/**
 * Names of the types of values that a task declares.
 *
 * @param requires types of which it reads the only value @param collects types of which it reads
 *     all values, including the required ones @param provides types of which it provides values
 */
public record TaskValues(Set<String> requires, Set<String> collects, Set<String> provides) {
  /** Copies the sets and adds the required types to the collected ones. */
  public TaskValues {
    requires = Set.copyOf(requires);
    Set<String> readable = new TreeSet<>(collects);
    readable.addAll(requires);
    collects = Set.copyOf(readable);
    provides = Set.copyOf(provides);
  }
}

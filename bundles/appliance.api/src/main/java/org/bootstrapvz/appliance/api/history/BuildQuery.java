/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.util.OptionalLong;
import java.util.Set;
import org.bootstrapvz.appliance.api.builds.BuildState;

/**
 * Which builds to list.
 *
 * @param states only builds in one of these states; empty for all
 * @param before only builds with a smaller number
 * @param limit maximum number of builds, at most {@link BuildHistory#MAX_PAGE}
 */
public record BuildQuery(Set<BuildState> states, OptionalLong before, int limit) {
  /** The newest builds. */
  public static BuildQuery newest(int limit) {
    return new BuildQuery(Set.of(), OptionalLong.empty(), limit);
  }
}

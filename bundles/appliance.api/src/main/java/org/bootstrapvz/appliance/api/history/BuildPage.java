/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

import java.util.List;
import java.util.OptionalLong;
import org.bootstrapvz.appliance.api.builds.BuildSummary;

/**
 * A page of builds.
 *
 * @param builds newest first
 * @param next the value of {@link BuildQuery#before} for the next page; empty if this is the last
 */
public record BuildPage(List<BuildSummary> builds, OptionalLong next) {}

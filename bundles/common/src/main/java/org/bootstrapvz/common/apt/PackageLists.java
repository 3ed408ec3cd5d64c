/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

/**
 * Provided when the package lists of the image are up to date.
 *
 * @param unchanged whether the base system was installed from the same lists, so that no installed
 *     package can be outdated
 */
public record PackageLists(boolean unchanged) {}

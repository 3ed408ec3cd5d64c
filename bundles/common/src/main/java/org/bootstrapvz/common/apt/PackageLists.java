/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

/**
 * The package lists of the image are up to date.
 *
 * @param unchanged whether they are those the base system was installed from, so that nothing
 *     installed can be outdated
 */
public record PackageLists(boolean unchanged) {}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

/**
 * A package to be included in the base system, or excluded from it.
 *
 * @param name its name
 * @param included false to exclude it
 */
public record BootstrapPackage(String name, boolean included) {}

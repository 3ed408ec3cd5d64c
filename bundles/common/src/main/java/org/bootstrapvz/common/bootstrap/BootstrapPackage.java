/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

/**
 * A package that is to be in the base system, or to be left out of it.
 *
 * @param name its name
 * @param included false to leave it out
 */
public record BootstrapPackage(String name, boolean included) {}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.access;

/**
 * An authenticated caller.
 *
 * @param name name of the caller, such as that of the token
 * @param role what it may do
 */
public record Identity(String name, Role role) {}

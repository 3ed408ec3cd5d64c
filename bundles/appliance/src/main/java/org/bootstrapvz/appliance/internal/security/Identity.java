/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.security;

/**
 * Who calls.
 *
 * @param name the name of the token
 * @param role what it may do
 */
public record Identity(String name, Role role) {}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.history;

/**
 * A bundle whose tasks a build ran.
 *
 * @param name its symbolic name
 * @param version its version
 */
public record UsedBundle(String name, String version) {}

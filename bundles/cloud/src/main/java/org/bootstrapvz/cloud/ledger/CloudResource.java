/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.ledger;

import java.time.Instant;

/**
 * A resource in a cloud that bears the mark.
 *
 * @param kind its kind, as in a remote artefact: {@code openstack-image}
 * @param account the account that owns it
 * @param region its region; empty if there is none
 * @param id identifies it
 * @param name its name for people
 * @param mark who made it and what for
 * @param created when it was created
 */
public record CloudResource(
    String kind,
    String account,
    String region,
    String id,
    String name,
    Mark mark,
    Instant created) {}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.audit;

import java.time.Instant;

/**
 * An entry of the audit log.
 *
 * @param number counted from 1, also over restarts; numbers are missing if entries were lost
 * @param time when
 * @param action what was done, such as {@code build-cancelled}
 * @param by the name of who did it; empty if it is not known
 * @param role of who did it; empty if there is none
 * @param from an IP address, or by which way of the machine itself
 * @param object to what, such as {@code build 5}
 * @param result {@code ok}, {@code refused} or {@code failed}
 * @param detail more about it; may be empty
 */
public record AuditEntry(
    long number,
    Instant time,
    String action,
    String by,
    String role,
    String from,
    String object,
    String result,
    String detail) {}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.audit;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Records who did what. A service; safe for use by several threads. What is recorded must contain
 * no secrets.
 */
@ProviderType
public interface AuditLog {
  /** The maximum number of entries in a page. */
  int MAX_PAGE = 1000;

  /** How an action ended. */
  enum Result {
    /** Done. */
    OK,
    /** Not allowed, or not possible. */
    REFUSED,
    /** An error prevented it. */
    FAILED
  }

  /**
   * Records an action that was done or refused. Never throws: the result of the action counts. If
   * the disk is full, the entry waits in memory, and the log of the service has it in any case.
   *
   * @param object to what, such as {@code build 5}
   * @param detail more about it; may be empty
   */
  void record(AuditAction action, AuditActor by, String object, Result result, String detail);

  /**
   * Entries, newest first.
   *
   * @param before only entries with a smaller number
   * @param limit maximum number of entries, at most {@link #MAX_PAGE}
   * @throws IOException if the log cannot be read
   */
  List<AuditEntry> entries(OptionalLong before, int limit) throws IOException;
}

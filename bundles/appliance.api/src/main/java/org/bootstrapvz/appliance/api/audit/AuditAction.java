/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.audit;

import java.util.Locale;

/** What the audit log records. */
public enum AuditAction {
  /** A token was created; its role is in the detail. */
  TOKEN_CREATED,
  /** A token was revoked. */
  TOKEN_REVOKED,
  /** Somebody logged in to the web interface. */
  LOGGED_IN,
  /** Somebody logged out of the web interface. */
  LOGGED_OUT,
  /** A token that is not valid was used, or somebody lacks the role for a request. */
  ACCESS_REFUSED,
  /** A manifest was submitted. */
  BUILD_SUBMITTED,
  /** A build was cancelled. */
  BUILD_CANCELLED,
  /** The manifest of a build was submitted again. */
  BUILD_RETRIED,
  /** The priority of a build was changed. */
  BUILD_PRIORITISED,
  /** A jar was put into the deploy directory or replaced there. */
  PLUGIN_DEPLOYED,
  /** A jar was removed from the deploy directory. */
  PLUGIN_REMOVED,
  /** A configuration file was changed. */
  CONFIGURATION_CHANGED,
  /** Entries were lost, as the audit log could not be written for too long. */
  ENTRIES_LOST;

  /** In lower case, with hyphens: {@code token-created}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

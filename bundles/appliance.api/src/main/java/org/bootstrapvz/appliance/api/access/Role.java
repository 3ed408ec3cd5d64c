/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.access;

import java.util.Locale;

/** What a caller may do; each role includes those before it. */
public enum Role {
  /** View builds, their logs and artefacts. */
  VIEWER,
  /** Submit, cancel, retry and prioritise builds. */
  BUILDER,
  /** Create and revoke tokens. */
  ADMIN;

  /** Whether this role includes another one. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** In lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

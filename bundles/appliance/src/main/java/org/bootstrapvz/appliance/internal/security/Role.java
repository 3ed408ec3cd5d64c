/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.security;

import java.util.Locale;

/** What a caller may do; each role may also do what those before it may. */
public enum Role {
  /** Look at builds, their logs and artefacts. */
  VIEWER,
  /** Submit builds and change what becomes of them. */
  BUILDER,
  /** Give and take away access. */
  ADMIN;

  /** Whether this role is at least another one. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import org.osgi.framework.Version;

/**
 * The bundle that provides a service.
 *
 * @param symbolicName its symbolic name
 * @param version its version
 * @param id its id in the framework, which distinguishes the generations of one bundle
 */
public record OwnerBundle(String symbolicName, Version version, long id) {
  // Implemented here, since those of a record are generated at run time, which slows down short
  // commands.

  @Override
  public boolean equals(Object other) {
    return other instanceof OwnerBundle bundle
        && id == bundle.id
        && version.equals(bundle.version)
        && symbolicName.equals(bundle.symbolicName);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public String toString() {
    return symbolicName + " " + version;
  }
}

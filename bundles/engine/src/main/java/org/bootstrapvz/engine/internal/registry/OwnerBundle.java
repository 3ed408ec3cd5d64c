/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import org.osgi.framework.Version;

/**
 * The bundle that offers something.
 *
 * @param symbolicName its symbolic name
 * @param version its version
 * @param id its id in the framework, which tells generations of one bundle apart
 */
public record OwnerBundle(String symbolicName, Version version, long id) {
  // Written out, as those of a record are made at run time, which takes a short command too long.

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

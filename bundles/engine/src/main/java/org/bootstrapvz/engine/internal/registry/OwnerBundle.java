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
  @Override
  public String toString() {
    return symbolicName + " " + version;
  }
}

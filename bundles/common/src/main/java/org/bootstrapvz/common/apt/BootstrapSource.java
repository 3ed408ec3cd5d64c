/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.packages.Source;

/**
 * A source the base system is installed from.
 *
 * @param source the source
 */
public record BootstrapSource(Source source) {
  /** Identifies the package lists of a source: the line without its options. */
  public static String identity(Source source) {
    return Source.deb("main", source.uri(), source.suite(), source.components()).line();
  }

  /** The {@link #identity} of the source. */
  public String identity() {
    return identity(source);
  }
}

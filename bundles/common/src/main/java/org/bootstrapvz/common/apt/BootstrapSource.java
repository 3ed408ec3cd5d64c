/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.packages.Source;

/**
 * A source the base system is installed from.
 *
 * @param source the source
 */
public record BootstrapSource(Source source) {
  /**
   * Identifies the package lists of a source: the line without password and without the options
   * that do not select a state of the archive.
   */
  public static String identity(Source source) {
    Source plain =
        Source.deb("main", Credentials.without(source.uri()), source.suite(), source.components());
    String snapshot = source.options().get("snapshot");
    return (snapshot == null ? plain : plain.with("snapshot", snapshot)).line();
  }

  /** The {@link #identity} of the source. */
  public String identity() {
    return identity(source);
  }
}

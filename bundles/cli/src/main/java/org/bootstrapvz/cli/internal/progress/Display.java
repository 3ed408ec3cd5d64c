/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import org.bootstrapvz.api.build.BuildListener;

/** Shows the progress of a build to the user. */
public interface Display extends BuildListener, AutoCloseable {
  /** Removes what moves; the terminal is as before. */
  @Override
  void close();
}

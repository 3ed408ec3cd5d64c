/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import org.bootstrapvz.api.build.BuildListener;

/** Shows a build to the person who waits for it. */
public interface Display extends BuildListener, AutoCloseable {
  /** Ends the display; the terminal is as before. */
  @Override
  void close();
}

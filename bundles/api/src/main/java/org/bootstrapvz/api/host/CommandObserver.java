/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.host;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Observes the commands of a sandbox, for the log of a build. Methods are called by one thread at a
 * time.
 */
@ConsumerType
public interface CommandObserver {
  /** A command is about to be started. */
  void started(Command command);

  /** A command printed a line, on standard output or standard error. */
  void line(String line);
}

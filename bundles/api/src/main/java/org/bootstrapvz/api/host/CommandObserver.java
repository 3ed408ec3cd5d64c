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

  /**
   * A command printed a line, on standard output or standard error. A very long line comes in
   * several parts. The command waits if it prints faster than this method returns.
   */
  void line(String line);

  /**
   * Returns where a very long line may be divided: how many characters of its beginning can be
   * passed to {@link #line} separately. An observer that masks texts must not let one be divided.
   *
   * @param text the beginning of a line of which the end is not known yet
   * @return a number from 0, if nothing can be passed on yet, to the length of the text
   */
  default int separable(String text) {
    return text.length();
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import org.osgi.annotation.versioning.ConsumerType;

/** What the thread that sends a request does while it waits for the response. */
@ConsumerType
public interface Waiting {
  /** Does nothing; for requests whose body is small. */
  Waiting NOTHING =
      new Waiting() {
        @Override
        public long sent() {
          return 0;
        }

        @Override
        public boolean isSent() {
          return true;
        }

        @Override
        public void tick() {}
      };

  /** Returns the number of bytes of the body that were sent so far. */
  long sent();

  /** Returns whether the whole body was sent, so that only the response is missing. */
  boolean isSent();

  /** Called by the waiting thread several times a second, for example to report progress. */
  void tick();
}

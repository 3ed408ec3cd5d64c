/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.bootstrapvz.testkit.StallDetector;

/** Calls when the test says so. */
final class ManualTimer implements RecoveryRetries.Timer {
  private final LinkedBlockingQueue<Planned> planned = new LinkedBlockingQueue<>();

  /** Not a record: each is itself only. */
  private static final class Planned {
    private final Duration pause;
    private final Runnable call;

    private Planned(Duration pause, Runnable call) {
      this.pause = pause;
      this.call = call;
    }
  }

  @Override
  public Runnable after(Duration pause, Runnable call) {
    Planned added = new Planned(pause, call);
    planned.add(added);
    return () -> planned.remove(added);
  }

  @Override
  public void stop() {
    planned.clear();
  }

  boolean isIdle() {
    return planned.isEmpty();
  }

  /** Waits until a call is planned, calls and returns the pause before it. */
  Duration advance() throws InterruptedException {
    Planned next =
        StallDetector.ofThisProcess()
            .first(() -> "No call is planned", () -> Optional.ofNullable(planned.poll()));
    next.call.run();
    return next.pause;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.bootstrapvz.api.value.Bytes;
import org.osgi.annotation.versioning.ConsumerType;

/** Reports how much of a file was sent, and how fast. Used by the thread that sends it. */
public final class TransferProgress implements Waiting {
  private static final int MIB = 1 << 20;

  /** A user sees a sign of life, also if nothing moves. */
  private static final Duration MAX_PAUSE = Duration.ofSeconds(30);

  /** Receives the progress, as {@link org.bootstrapvz.api.task.Build#progress} does. */
  @ConsumerType
  @FunctionalInterface
  public interface Report {
    /** Reports a fraction from 0 to 1, with what is being done. */
    void progress(double fraction, String detail);
  }

  private final FileBody body;
  private final Report report;
  private final LongSupplier nanoTime;
  private final long start;
  private long lastReport;
  private int lastPercent = -1;

  /** Starts to measure. */
  public TransferProgress(FileBody body, Report report) {
    this(body, report, System::nanoTime);
  }

  TransferProgress(FileBody body, Report report, LongSupplier nanoTime) {
    this.body = body;
    this.report = report;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    this.lastReport = start;
  }

  @Override
  public long sent() {
    return body.sent();
  }

  @Override
  public boolean isSent() {
    return body.isSent();
  }

  @Override
  public void tick() {
    long sent = sent();
    int percent = body.length() == 0 ? 100 : (int) (sent * 100 / body.length());
    long now = nanoTime.getAsLong();
    if (percent == lastPercent && now - lastReport < MAX_PAUSE.toNanos()) {
      return;
    }
    lastPercent = percent;
    lastReport = now;
    long millis = Math.max(1, (now - start) / 1_000_000);
    report.progress(
        percent / 100.0,
        isSent()
            ? "sent " + new Bytes(body.length()) + ", waiting for the server"
            : "sending " + new Bytes(body.length()) + ", " + sent * 1000 / millis / MIB + " MiB/s");
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongPredicate;

/** A claimed range of user and group ids. Nobody else uses it until it is closed. */
final class IdRange implements AutoCloseable {
  /** As many as an image can contain. */
  static final int SIZE = 1 << 16;

  private static final Duration PAUSE = Duration.ofMillis(5);

  private final long first;
  private final FileChannel lock;
  private final Runnable whenClosed;

  IdRange(long first, FileChannel lock, Runnable whenClosed) {
    this.first = first;
    this.lock = lock;
    this.whenClosed = whenClosed;
  }

  /** The id outside of the namespace of root inside of it. */
  int first() {
    return (int) first;
  }

  @Override
  public String toString() {
    return first + "-" + (first + SIZE - 1);
  }

  /** Returns whether a process has a user id of the range starting here. */
  static boolean isUsed(long first, LongPredicate except) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        long owner = owner(process);
        if (owner >= first
            && owner < first + SIZE
            && !except.test(Long.parseLong(process.getFileName().toString()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static long owner(Path process) {
    try {
      Object uid = Files.getAttribute(process, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      return Integer.toUnsignedLong((Integer) uid);
    } catch (IOException | UncheckedIOException e) {
      return -1; // It has ended.
    }
  }

  /**
   * Waits until no process but one has an id of the range; the kernel ends those of a namespace
   * some time after the first one.
   *
   * @return whether they ended in time
   */
  boolean awaitNoProcess(long except, Duration timeout) throws IOException {
    boolean interrupted = false;
    long end = System.nanoTime() + timeout.toNanos();
    boolean used = isUsed(first, id -> id == except);
    while (used && System.nanoTime() < end) {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
      used = isUsed(first, id -> id == except);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return !used;
  }

  @Override
  public void close() throws IOException {
    try {
      lock.close();
    } finally {
      whenClosed.run();
    }
  }
}

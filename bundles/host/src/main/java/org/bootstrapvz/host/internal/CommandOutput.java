/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.CommandObserver;
import org.jspecify.annotations.Nullable;

/** Reads the output of one command on two threads and passes on the lines one at a time. */
final class CommandOutput {
  /**
   * The number of lines kept of each stream, so that a flood on one does not displace the lines of
   * the other.
   */
  private static final int TAIL = 20;

  /** The number of characters that are kept of each of these lines. */
  private static final int TAIL_LINE = 1000;

  private static final long IDLE_MILLIS = 300;

  /** More than a pipe buffers: output beyond this was not written by the command itself. */
  private static final int REST = 1 << 20;

  private final Predicate<String> listener;
  private final CommandObserver observer;
  private final Source standard;
  private final Source error;

  // Guarded by this.
  private final RetainedOutput retained = new RetainedOutput();
  private final Deque<Printed> standardTail = new ArrayDeque<>();
  private final Deque<Printed> errorTail = new ArrayDeque<>();
  private int printed;
  private String lastError = "";
  private @Nullable RuntimeException failure;
  private boolean ended;
  private boolean closed;

  /**
   * @param observer receives the lines; called by one thread at a time. While it works nothing is
   *     read, so that a command that prints faster waits
   */
  CommandOutput(Process process, Predicate<String> listener, CommandObserver observer) {
    this.listener = listener;
    this.observer = observer;
    this.standard = new Source(process.getInputStream(), new Lines(standardTail, true));
    this.error = new Source(process.getErrorStream(), new Lines(errorTail, false));
  }

  void start() {
    standard.start();
    error.start();
  }

  /**
   * Waits for the rest of the output after the command has ended. A daemon that it started may keep
   * the streams open; in this case, the command itself has no more output.
   */
  void finish() throws InterruptedException {
    synchronized (this) {
      ended = true;
    }
    standard.awaitEnd();
    error.awaitEnd();
    close();
    rethrow();
  }

  /** Stops passing on lines. */
  synchronized void close() {
    if (!closed) {
      standard.lines.end();
      error.lines.end();
      closed = true;
    }
  }

  private synchronized void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Returns standard output; empty if it was too long to be kept. */
  synchronized Optional<List<String>> lines() {
    return retained.lines();
  }

  /**
   * Returns the last lines of both streams in order of arrival, with a mark where lines were
   * dropped.
   */
  synchronized List<String> tail() {
    List<String> shown = new ArrayList<>();
    int next = -1;
    for (Printed line :
        Stream.concat(standardTail.stream(), errorTail.stream()).sorted().toList()) {
      if (next >= 0 && line.number() > next) {
        shown.add("…");
      }
      shown.add(line.text());
      next = line.number() + 1;
    }
    return shown;
  }

  /** Returns the match of the last matching line on standard error. */
  synchronized Matcher lastError(Pattern pattern) {
    return pattern.matcher(lastError);
  }

  /** The lines of one stream. */
  private final class Lines implements LineSplitter.Sink {
    private final Deque<Printed> tail;
    private final boolean result;

    /** The beginning of a long line, for the tail. */
    private String beginning = "";

    private long length;

    Lines(Deque<Printed> tail, boolean result) {
      this.tail = tail;
      this.result = result;
    }

    @Override
    public void line(String line) {
      if (guarded(() -> listener.test(line))) {
        return;
      }
      guarded(() -> log(line));
      keep(line, line.length());
      if (result) {
        retained.line(line);
      }
    }

    /** A long line is output that is no data, such as a binary file, so no listener gets it. */
    @Override
    public int part(String text, boolean last) {
      int taken = last ? text.length() : separable(text);
      String part = text.substring(0, taken);
      if (!part.isEmpty()) {
        guarded(() -> log(part));
        if (length == 0) {
          beginning = part.substring(0, Math.min(part.length(), TAIL_LINE));
        }
        length += taken;
      }
      if (last) {
        keep(beginning, length);
        length = 0;
        beginning = "";
      }
      if (result) {
        retained.part(part, last);
      }
      return taken;
    }

    private int separable(String text) {
      int[] taken = {text.length()};
      guarded(
          () -> {
            taken[0] = observer.separable(text);
            return true;
          });
      boolean splitsCharacter =
          taken[0] > 0
              && taken[0] < text.length()
              && Character.isHighSurrogate(text.charAt(taken[0] - 1));
      return splitsCharacter ? taken[0] - 1 : taken[0];
    }

    private boolean log(String line) {
      observer.line(line);
      return true;
    }

    private void keep(String line, long length) {
      if (!result) {
        lastError = line;
      }
      if (tail.size() == TAIL) {
        tail.removeFirst();
      }
      tail.add(
          new Printed(
              printed++,
              length > TAIL_LINE
                  ? line.substring(0, TAIL_LINE)
                      + "\u2026 ["
                      + (length - TAIL_LINE)
                      + " characters cut]"
                  : line));
    }
  }

  /**
   * Calls third-party code, unless it has failed. Reading continues so that the command does not
   * block on a full pipe; the caller gets the exception at the end.
   */
  private boolean guarded(BooleanSupplier call) {
    try {
      return failure == null && call.getAsBoolean();
    } catch (RuntimeException e) {
      failure = e;
      return false;
    }
  }

  /** A line and its position among the lines of both streams. */
  private record Printed(int number, String text) implements Comparable<Printed> {
    @Override
    public int compareTo(Printed other) {
      return Integer.compare(number, other.number);
    }
  }

  private final class Source extends Thread {
    private final InputStream stream;
    private final LineSplitter lines;
    private int rest = REST;
    private volatile boolean waiting;

    Source(InputStream stream, LineSplitter.Sink sink) {
      super("command output");
      setDaemon(true);
      this.stream = stream;
      this.lines = new LineSplitter(sink);
    }

    @Override
    public void run() {
      byte[] buffer = new byte[8192];
      try (stream) {
        while (true) {
          waiting = true;
          int length = stream.read(buffer);
          waiting = false;
          if (length < 0) {
            return;
          }
          synchronized (CommandOutput.this) {
            rest -= ended ? length : 0;
            if (closed || rest < 0) {
              return;
            }
            lines.accept(buffer, length);
          }
        }
      } catch (IOException e) {
        // The stream was closed by this process because the command is being terminated.
      }
    }

    void awaitEnd() throws InterruptedException {
      do {
        join(IDLE_MILLIS);
      } while (isAlive() && !waiting);
    }
  }
}

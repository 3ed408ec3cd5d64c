/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/**
 * A long answer. It is written whenever the connection takes more, so one that stops taking holds a
 * socket and nothing else: no thread, no growing buffer, no build. After the idle timeout the
 * server closes it.
 */
final class Sending implements WriteListener, AsyncListener {

  /** Where the answer comes from. */
  interface Source extends AutoCloseable {
    /**
     * The next bytes; none if there are none now, in which case {@link Sending#wake} must be called
     * later; null at the end.
     */
    byte[] next() throws IOException;

    @Override
    void close();
  }

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Source source;

  /** At first the headers are: who follows a silent build shall know at once. Guarded by this. */
  private boolean unflushed = true;

  /** Whether the server will call when it takes more. Guarded by this. */
  private boolean full = true;

  /** Guarded by this. */
  private boolean ended;

  private Sending(AsyncContext context, ServletOutputStream out, Source source) {
    this.context = context;
    this.out = out;
    this.source = source;
  }

  /** Begins to answer; status and headers are set already. */
  static Sending begin(Exchange exchange, Source source) throws IOException {
    AsyncContext context = exchange.request().startAsync();
    context.setTimeout(0);
    ServletOutputStream out = context.getResponse().getOutputStream();
    Sending sending = new Sending(context, out, source);
    context.addListener(sending);
    out.setWriteListener(sending);
    return sending;
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      full = false;
    }
    wake();
  }

  /** Writes what there is, as far as the connection takes it. Does not block. */
  void wake() {
    try {
      write();
    } catch (IOException | RuntimeException e) {
      end();
    }
  }

  private synchronized void write() throws IOException {
    while (!ended && !full) {
      if (!out.isReady()) {
        full = true;
      } else if (unflushed) {
        unflushed = false;
        out.flush();
      } else {
        byte[] bytes = source.next();
        if (bytes == null) {
          end();
        } else if (bytes.length == 0) {
          return;
        } else {
          unflushed = true;
          out.write(bytes);
        }
      }
    }
  }

  synchronized boolean ended() {
    return ended;
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      source.close();
      try {
        context.complete();
      } catch (IllegalStateException e) {
        // The server was faster.
      }
    }
  }

  @Override
  public void onError(Throwable problem) {
    end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    end();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}

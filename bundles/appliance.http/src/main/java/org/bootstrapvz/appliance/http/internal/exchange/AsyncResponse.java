/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends a body whenever the connection accepts more. A client that stops reading occupies a socket
 * and nothing else: no thread, no growing buffer, no build. The server closes the connection after
 * the idle timeout. Safe for use by several threads.
 */
public final class AsyncResponse implements WriteListener, AsyncListener {

  /** Where the body comes from. */
  public interface Source extends AutoCloseable {
    /**
     * The next bytes; an empty array if there are none now, in which case {@link
     * AsyncResponse#resume} must be called later; empty at the end.
     */
    Optional<byte[]> next() throws IOException;

    @Override
    void close();
  }

  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Source source;

  /** Initially for the headers, which are sent before there is a body. Guarded by this. */
  private boolean flushPending = true;

  /** Whether the server will call back when the connection accepts more. Guarded by this. */
  private boolean blocked = true;

  /** Guarded by this. */
  private boolean ended;

  private AsyncResponse(AsyncContext context, ServletOutputStream out, Source source) {
    this.context = context;
    this.out = out;
    this.source = source;
  }

  /** Starts to send the body; status and headers are already set. */
  public static AsyncResponse start(AsyncContext context, Source source) throws IOException {
    context.setTimeout(0);
    ServletOutputStream out = context.getResponse().getOutputStream();
    AsyncResponse response = new AsyncResponse(context, out, source);
    context.addListener(response);
    out.setWriteListener(response);
    return response;
  }

  @Override
  public void onWritePossible() {
    synchronized (this) {
      blocked = false;
    }
    resume();
  }

  /** Writes what the source has, as far as the connection accepts it. Does not block. */
  public void resume() {
    try {
      write();
    } catch (IOException | RuntimeException e) {
      end();
    }
  }

  private synchronized void write() throws IOException {
    while (!ended && !blocked) {
      if (!out.isReady()) {
        blocked = true;
      } else if (flushPending) {
        flushPending = false;
        out.flush();
      } else {
        Optional<byte[]> bytes = source.next();
        if (bytes.isEmpty()) {
          end();
        } else if (bytes.get().length == 0) {
          return;
        } else {
          flushPending = true;
          out.write(bytes.get());
        }
      }
    }
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      source.close();
      try {
        context.complete();
      } catch (IllegalStateException e) {
        // The server has already completed it.
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

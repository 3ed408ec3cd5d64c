/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a request as it arrives. A client that sends slowly occupies a connection and
 * what it has sent, but no thread.
 */
public final class BodyReader implements ReadListener {
  private static final int CHUNK_BYTES = 8192;

  /** What becomes of a body. One of the methods is called, once, also if the client is gone. */
  public interface Receiver {
    /** The body is complete. */
    void received(byte[] body);

    /** The request is to be refused. */
    void refused(HttpProblem problem);
  }

  private final ServletInputStream in;
  private final int maxBytes;
  private final BodyBudget.Share share;
  private final Receiver receiver;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean done;

  private BodyReader(
      ServletInputStream in, int maxBytes, BodyBudget.Share share, Receiver receiver) {
    this.in = in;
    this.maxBytes = maxBytes;
    this.share = share;
    this.receiver = receiver;
  }

  /**
   * Starts to read the body of a request that was made asynchronous.
   *
   * @param share where the memory is taken from; the receiver closes it
   */
  public static void start(
      HttpServletRequest request, int maxBytes, BodyBudget.Share share, Receiver receiver)
      throws IOException {
    ServletInputStream in = request.getInputStream();
    in.setReadListener(new BodyReader(in, maxBytes, share, receiver));
  }

  /** Whether a request has a body. */
  public static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }

  /** Refuses a body that is announced to be too large. */
  public static void checkLength(HttpServletRequest request, int maxBytes) throws HttpProblem {
    if (request.getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
  }

  @Override
  public void onDataAvailable() throws IOException {
    byte[] buffer = new byte[CHUNK_BYTES];
    while (!done && in.isReady() && !in.isFinished()) {
      int count = in.read(buffer);
      if (count > 0) {
        add(buffer, count);
      }
    }
  }

  private void add(byte[] buffer, int count) {
    if (bytes.size() + count > maxBytes) {
      refuse(tooLarge(maxBytes));
    } else if (!share.take(count)) {
      refuse(
          new HttpProblem(503, "Too many requests with bodies are arriving; try again later")
              .withHeader("Retry-After", "10")
              .withHeader("Connection", "close"));
    } else {
      bytes.write(buffer, 0, count);
    }
  }

  private void refuse(HttpProblem problem) {
    done = true;
    receiver.refused(problem);
  }

  @Override
  public void onAllDataRead() {
    if (!done) {
      done = true;
      receiver.received(bytes.toByteArray());
    }
  }

  @Override
  public void onError(Throwable problem) {
    if (done) {
      return;
    }
    done = true;
    HttpProblem refusal =
        isTimeout(problem)
            ? new HttpProblem(408, "Timed out reading the request body")
            : HttpProblem.badRequest("The request body is malformed or incomplete");
    receiver.refused(refusal.withHeader("Connection", "close"));
  }

  private static boolean isTimeout(@Nullable Throwable problem) {
    return problem != null
        && (problem instanceof TimeoutException || isTimeout(problem.getCause()));
  }

  /** The rest of the body is not read, so the connection cannot be reused. */
  private static HttpProblem tooLarge(int maxBytes) {
    return new HttpProblem(413, "The body is larger than " + maxBytes + " bytes")
        .withHeader("Connection", "close");
  }
}

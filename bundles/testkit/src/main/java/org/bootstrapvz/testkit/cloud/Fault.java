/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.osgi.annotation.versioning.ConsumerType;

/** What goes wrong with a request to a fake. */
@ConsumerType
@FunctionalInterface
public interface Fault {
  /** The effect of the request on the fake. */
  @FunctionalInterface
  interface Effect {
    /** Processes the request; the answer is lost. */
    void happen() throws IOException;
  }

  /** Answers a request, or closes its connection. */
  void apply(Call call, Effect effect) throws IOException;

  /** Answers with a status instead of processing the request; {@code headers} are pairs. */
  static Fault before(int status, String... headers) {
    return (call, effect) -> {
      call.exchange().getRequestBody().readAllBytes();
      for (int i = 0; i < headers.length; i += 2) {
        call.exchange().getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      FakeCloud.send(call, Answer.of(status, Map.of(), "{\"message\": \"injected\"}"));
    };
  }

  /** Processes the request and answers with a status all the same. */
  static Fault after(int status) {
    return (call, effect) -> {
      effect.happen();
      FakeCloud.send(call, Answer.of(status));
    };
  }

  /** Closes the connection instead of processing the request. */
  static Fault cutBefore() {
    return (call, effect) -> call.exchange().close();
  }

  /** Closes the connection after this number of bytes of the body. */
  static Fault cutInBody(int bytes) {
    return (call, effect) -> {
      call.exchange().getRequestBody().readNBytes(bytes);
      call.exchange().close();
    };
  }

  /** Processes the request and closes the connection without an answer. */
  static Fault cutAfter() {
    return (call, effect) -> {
      effect.happen();
      call.exchange().close();
    };
  }

  /** Neither processes nor answers the request until the test releases it. */
  static Fault silence(CountDownLatch end) {
    return (call, effect) -> awaitQuietly(end);
  }

  /** Waits for the test, or for the end of the fake. */
  static void awaitQuietly(CountDownLatch event) {
    try {
      event.await();
    } catch (InterruptedException e) {
      // The fake stops.
    }
  }
}

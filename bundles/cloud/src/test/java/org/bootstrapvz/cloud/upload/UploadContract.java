/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeCloud;
import org.bootstrapvz.testkit.cloud.Fault;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every upload withstands: errors that pass, errors that last, cancellation, and the end of
 * its process at any request.
 *
 * @param <F> the cloud
 * @param <S> the scenario
 */
public abstract class UploadContract<F extends FakeCloud, S extends CloudScenario<F>>
    extends CloudTest<F, S> {
  /** Regular expressions of the kinds of requests of an upload. */
  protected abstract List<String> requests();

  /** The request that sends the data. */
  protected abstract String sending();

  /** The requests during which the user cancels. */
  protected abstract List<String> cancelled();

  /** How many requests an upload has at least. */
  protected abstract int minRequests();

  /** How the message of a failure names the file that is complete. */
  protected abstract String completeFile();

  /** The errors of this cloud that pass, by their names. */
  protected Map<String, Fault> ownErrors() {
    return Map.of();
  }

  /** Whether a request can meet an error. */
  protected boolean canMeet(String request, String error) {
    return true;
  }

  /** Whether a build that is killed at a request may have delivered its image. */
  protected boolean mayBeDelivered() {
    return false;
  }

  /** Each request of an upload meets each passing error, and the image is there in the end. */
  @TestFactory
  Stream<DynamicTest> anErrorThatPassesDoesNotFailTheUpload() {
    Map<String, Fault> errors = new LinkedHashMap<>(ownErrors());
    errors.put("429", Fault.before(429, "Retry-After", "3"));
    errors.put("500 before the effect", Fault.before(500));
    errors.put("500 after the effect", Fault.after(500));
    errors.put("503 before the effect", Fault.before(503));
    errors.put("503 after the effect", Fault.after(503));
    errors.put("cut before the effect", Fault.cutBefore());
    errors.put("cut in the body", Fault.cutInBody(5));
    errors.put("cut in the answer", Fault.cutAfter());
    List<DynamicTest> tests = new ArrayList<>();
    for (String request : requests()) {
      errors.forEach(
          (name, fault) -> {
            if (canMeet(request, name)) {
              tests.add(
                  DynamicTest.dynamicTest(request + ": " + name, () -> passes(request, fault)));
            }
          });
    }
    return tests.stream();
  }

  /** Asserts that a request may meet an error twice. */
  protected final void passes(String request, Fault fault) throws Exception {
    try (S own = scenario(folder)) {
      own.cloud.fail(request, fault);
      own.cloud.fail(request, fault);
      TestBuild build = own.build();

      own.upload(build);

      own.assertDelivered(build);
      own.assertSecret(build);
    }
  }

  /** Uploads, which must fail and leave nothing; returns the message. */
  protected final String failure() throws Exception {
    TestBuild build = scenario.build();
    BuildException e = assertThrows(BuildException.class, () -> scenario.upload(build));
    String message = e.getMessage();
    scenario.assertSecret(build, message);
    assertEquals(List.of(), build.deliveredRemotely());
    assertTrue(message.contains(completeFile()), message);
    build.close();
    scenario.assertNothingLeft();
    return message;
  }

  @Test
  void aCloudThatFailsForLongerThanTheBudgetFailsTheBuild() throws Exception {
    for (int i = 0; i < 200; i++) {
      cloud.fail(sending(), Fault.before(503));
    }
    String message = failure();
    assertTrue(message.contains("since no more than 600 s are spent on failed ones"), message);
  }

  @TestFactory
  Stream<DynamicTest> aCancelledUploadLeavesNothing() {
    return cancelled().stream()
        .map(request -> DynamicTest.dynamicTest(request, () -> leavesNothing(request)));
  }

  private void leavesNothing(String request) throws Exception {
    try (S own = scenario(folder)) {
      Thread sender = Thread.currentThread();
      own.cloud.fail(
          request,
          (call, effect) -> {
            sender.interrupt();
            effect.happen();
          });
      TestBuild build = own.build();

      assertThrows(BuildCancelledException.class, () -> own.upload(build));

      assertTrue(Thread.interrupted());
      build.close();
      own.assertNothingLeft();
    }
  }

  /**
   * Kills the build before and after the effect of each request, and releases what its journal
   * holds, as the next start does: nothing is left, or exactly what was delivered.
   */
  @TestFactory
  Stream<DynamicTest> nothingIsLeftWhereverTheBuildWasKilled() throws Exception {
    scenario.upload(scenario.build());
    List<String> lines = cloud.requests();
    assertTrue(lines.size() >= minRequests(), "requests: " + lines);
    List<DynamicTest> tests = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i;
      String name = number + " " + lines.get(number);
      tests.add(DynamicTest.dynamicTest("before " + name, () -> kill(number, Fault.before(503))));
      tests.add(DynamicTest.dynamicTest("after " + name, () -> kill(number, Fault.after(503))));
    }
    return tests.stream();
  }

  private void kill(int request, Fault fault) throws Exception {
    try (S own = scenario(folder)) {
      own.killAt(request, fault);
      TestBuild build = own.build();
      assertThrows(CloudScenario.Killed.class, () -> own.upload(build));
      own.revive();
      build.close();
      assertEquals(List.of(), build.held());
      if (build.deliveredRemotely().isEmpty()) {
        own.assertNothingLeft();
      } else {
        assertTrue(mayBeDelivered(), "It was delivered by a process that was killed");
        own.assertDelivered(build);
      }
    }
  }

  /** A build that was cancelled while a request was under way, which arrives later. */
  protected final TestBuild cancelledWhileWaiting(
      String request, CountDownLatch late, CountDownLatch processed) throws Exception {
    Thread sender = Thread.currentThread();
    cloud.fail(
        request,
        (call, effect) -> {
          call.read();
          sender.interrupt();
          Fault.awaitQuietly(late);
          effect.happen();
          processed.countDown();
        });
    TestBuild build = scenario.build();
    assertThrows(BuildCancelledException.class, () -> scenario.upload(build));
    assertTrue(Thread.interrupted());
    return build;
  }
}

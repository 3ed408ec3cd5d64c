/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.worker.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.PlanningLimit;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.Terminal;
import org.bootstrapvz.document.EventDocument;
import org.bootstrapvz.document.WorkerCall;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class WorkerCommandTest {
  private static final BuildRequest REQUEST =
      new BuildRequest(
          ManifestSource.selfContained(Path.of("/web.yml")),
          false,
          false,
          Optional.of(Path.of("/builds/1")));

  private final PrintStream systemOut = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PipedOutputStream calls = new PipedOutputStream();
  private final CountDownLatch abandoned = new CountDownLatch(1);

  @AfterEach
  void restore() {
    System.setOut(systemOut);
  }

  /** Builds what the test says. */
  private interface Work {
    Status run(BuildListener listener) throws InterruptedException;
  }

  private int run(Work work) throws IOException {
    return run(new PipedInputStream(calls), work);
  }

  private int run(InputStream in, Work work) {
    Builder builder =
        new Builder() {
          @Override
          public BuildResult build(BuildRequest request, BuildListener listener) {
            assertEquals(REQUEST, request);
            Status status;
            try {
              status = work.run(listener);
            } catch (InterruptedException e) {
              status = Status.CANCELLED;
            }
            BuildResult result =
                new BuildResult(
                    status,
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Map.of(),
                    Duration.ZERO);
            listener.on(new BuildEvent.Finished(result));
            return result;
          }

          @Override
          public void recover(Consumer<String> messages) {}
        };
    Terminal terminal =
        new Terminal(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            in,
            false,
            false,
            80,
            true,
            Map.of());
    WorkerCommand command = new WorkerCommand(() -> builder, abandoned::countDown, limits::add);
    return command.run(new CommandLine(command.spec()).parseArgs(), terminal);
  }

  private final List<PlanningLimit> limits = new ArrayList<>();

  private void call(WorkerCall call) throws IOException {
    calls.write((call.json() + "\n").getBytes(StandardCharsets.UTF_8));
    calls.flush();
  }

  private List<BuildEvent> events() {
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> EventDocument.parse(line, new TestManifest()))
        .toList();
  }

  @Test
  void theTimeLimitForPlanningIsThatOfTheCaller() throws Exception {
    PipedInputStream in = new PipedInputStream(calls);
    call(new WorkerCall.Build(REQUEST).withPlanningLimit(Duration.ofMillis(1500)));

    run(
        in,
        listener -> {
          assertEquals(
              List.of(Duration.ofMillis(1500)),
              limits.stream().map(PlanningLimit::timeout).toList());
          return Status.SUCCEEDED;
        });

    assertEquals(1, limits.size());
  }

  @Test
  void eventsAreWrittenAndWhatPluginsPrintIsNotAmongThem() throws Exception {
    PipedInputStream in = new PipedInputStream(calls);
    call(new WorkerCall.Build(REQUEST));

    int status =
        run(
            in,
            listener -> {
              System.out.println("a plugin prints");
              listener.on(new BuildEvent.Log("a line"));
              return Status.FAILED;
            });

    assertEquals(ExitStatus.FAILED, status);
    assertEquals(2, events().size());
    assertEquals(new BuildEvent.Log("a line"), events().get(0));
    assertEquals(Status.FAILED, ((BuildEvent.Finished) events().get(1)).result().status());
  }

  @Test
  void aCallCancelsTheBuildWhichStillReportsItsResult() throws Exception {
    PipedInputStream in = new PipedInputStream(calls);
    call(new WorkerCall.Build(REQUEST));
    CountDownLatch never = new CountDownLatch(1);

    int status =
        run(
            in,
            listener -> {
              try {
                call(new WorkerCall.Cancel());
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              never.await();
              return Status.SUCCEEDED;
            });

    assertEquals(ExitStatus.INTERRUPTED, status);
    assertEquals(1, events().size());
  }

  @Test
  void theProcessEndsWhenItsCallerHasEnded() throws Exception {
    PipedInputStream in = new PipedInputStream(calls);
    call(new WorkerCall.Build(REQUEST));

    run(
        in,
        listener -> {
          try {
            calls.close();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
          abandoned.await();
          return Status.SUCCEEDED;
        });
  }

  @Test
  void whatIsNotARequestIsRefused() throws Exception {
    for (String line : List.of("", "build web.yml\n", new WorkerCall.Cancel().json() + "\n")) {
      err.reset();

      int status =
          run(
              new java.io.ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
              listener -> {
                throw new AssertionError("nothing is built");
              });

      assertEquals(ExitStatus.USAGE, status);
      assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("bootstrap-vz worker: "), line);
    }
    assertEquals(0, out.size());
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlanLease;
import org.bootstrapvz.api.plan.PlanLeases;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.document.EventDocument;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each worker process is a shell script that reads and writes the protocol. */
class WorkerBuilderTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String PASSWORD = "hunter2hunter2";

  private static final PlannedTask TASK =
      new PlannedTask(
          "org.example.Work",
          "Work",
          Phase.PREPARATION,
          "Works",
          "org.example",
          "1.2.3",
          List.of());

  private final TestManifest manifest =
      new TestManifest().withSecret("plugins.root_password.password", PASSWORD);
  private final List<BuildEvent> events = new CopyOnWriteArrayList<>();
  private final List<String> engine = new CopyOnWriteArrayList<>();
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private boolean leased;

  @AfterEach
  void nothingIsLeft() {
    processes.forEach(process -> assertFalse(process.isAlive(), "the process has ended"));
    assertFalse(leased, "the lease is closed");
  }

  private Planning planning() {
    return new Planning(
        Optional.of(
            new Plan(manifest, "kvm", List.of(), List.of(TASK), List.of(), new TreeSet<>())),
        List.of());
  }

  private PlanLeases planner(Planning planning) {
    return file -> {
      leased = true;
      return new PlanLease() {
        @Override
        public Planning planning() {
          return planning;
        }

        @Override
        public List<Path> jars() {
          return List.of(Path.of("/jars/a.jar"));
        }

        @Override
        public void close() {
          leased = false;
        }
      };
    };
  }

  private Builder engine() {
    return new Builder() {
      @Override
      public BuildResult build(BuildRequest request, BuildListener listener) {
        throw new AssertionError("The engine of this process must not run builds");
      }

      @Override
      public void recover(Consumer<String> messages) {
        engine.add("recovered");
        messages.accept("released the mount of " + PASSWORD);
      }
    };
  }

  private BuildResult build(Duration timeout, String... script) {
    return build(planning(), timeout, script);
  }

  private BuildResult build(Planning planning, Duration timeout, String... script) {
    WorkerBuilder.WorkerStarter starter =
        (request, jars) -> {
          assertTrue(leased, "the plan is leased while the process runs");
          assertEquals(List.of(Path.of("/jars/a.jar")), jars);
          Process process =
              new ProcessBuilder("setsid", "sh", "-c", String.join("\n", script)).start();
          processes.add(process);
          return new Worker(process, () -> {});
        };
    return new WorkerBuilder(planner(planning), engine(), starter, timeout, timeout)
        .build(BuildRequest.of(Path.of("web.yml")), events::add);
  }

  private static String says(BuildEvent event) {
    return "echo '" + EventDocument.json(event) + "'";
  }

  private static BuildEvent finished(Status status) {
    return new BuildEvent.Finished(
        new BuildResult(
            status,
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.of("as the worker says"),
            List.of(),
            Map.of(),
            Duration.ofSeconds(3)));
  }

  @Test
  void eventsAndResultOfTheProcessAreThoseOfTheBuild() {
    BuildEvent started = new BuildEvent.TaskStarted(TASK);

    BuildResult result = build(LONG, says(started), says(finished(Status.SUCCEEDED)));

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of(started, finished(Status.SUCCEEDED)), events);
    assertEquals(List.of(), engine);
  }

  @Test
  void aManifestWithErrorsStartsNoProcess() {
    BuildResult result = build(new Planning(Optional.empty(), List.of()), LONG, "exit 1");

    assertEquals(Status.REJECTED, result.status());
    assertEquals(List.of(), processes);
    assertEquals(List.of(new BuildEvent.Finished(result)), events);
  }

  @Test
  void aProcessThatEndsFailsItsBuildWithItsStatusItsTaskAndItsLastWords() {
    BuildResult result =
        build(
            LONG,
            says(new BuildEvent.TaskStarted(TASK)),
            "echo 'goodbye, " + PASSWORD + "' >&2; exit 7");

    assertEquals(Status.FAILED, result.status());
    assertEquals(Optional.of("org.example.Work"), result.failedTask());
    assertEquals(
        "The process of the build ended with status 7 before the build had ended: code of a plugin"
            + " may have ended it. It was running the task Work of the bundle org.example 1.2.3\n"
            + "goodbye, ******",
        result.error().orElseThrow());
    assertEquals(List.of("recovered"), engine);
    assertEquals(new BuildEvent.Finished(result), events.get(events.size() - 1));
    assertFalse(events.toString().contains(PASSWORD), events.toString());
  }

  @Test
  void aProcessThatCrashesFailsItsBuildWithTheSignal() {
    assertTrue(
        build(LONG, "kill -SEGV $$")
            .error()
            .orElseThrow()
            .startsWith("The process of the build was ended by the signal SIGSEGV"));
    assertTrue(
        build(LONG, "kill -KILL $$")
            .error()
            .orElseThrow()
            .startsWith("The process of the build was ended by the signal SIGKILL. The kernel"));
  }

  @Test
  void noPartOfASecretIsShownWhereALongLineIsCut() {
    // The line is cut in the middle of the password.
    String filling = "x".repeat(990);

    String error =
        build(LONG, "echo '" + filling + PASSWORD + "' >&2; exit 1").error().orElseThrow();

    assertTrue(error.contains("xxxx"), error);
    assertFalse(error.contains(PASSWORD.substring(0, 4)), error);
    assertFalse(events.toString().contains(PASSWORD.substring(0, 4)), events.toString());
  }

  @Test
  void aCrashOfTheJavaRuntimeIsNamedWithWhatItPrints() {
    String error =
        build(
                LONG,
                "echo '# A fatal error has been detected by the Java Runtime Environment:'",
                "echo '#  SIGSEGV (0xb) at pc=0x7f, pid=1, tid=1'; exit 1")
            .error()
            .orElseThrow();

    assertTrue(error.startsWith("The process of the build crashed in native code"), error);
    assertTrue(error.contains("SIGSEGV (0xb)"), error);
  }

  @Test
  void aProcessThatRunsOutOfMemorySaysSo() {
    String error =
        build(LONG, "echo 'Terminating due to java.lang.OutOfMemoryError: Java heap space'; exit 3")
            .error()
            .orElseThrow();

    assertTrue(error.startsWith("The process of the build ran out of memory"), error);
  }

  @Test
  void whatIsNotAnEventEndsTheBuild() {
    String unknown = build(LONG, "echo '{\"type\": \"surprise\"}'; cat").error().orElseThrow();
    assertTrue(unknown.startsWith("The process of the build wrote an invalid event"), unknown);
    assertTrue(unknown.contains("surprise"), unknown);
  }

  @Test
  void anEndlessLineEndsTheBuildAndNotTheAppliance() {
    String error = build(LONG, "printf '{'; cat /dev/zero").error().orElseThrow();

    assertTrue(error.contains("A line has more than 16777216 bytes"), error);
  }

  private BuildResult cancelled(Duration timeout, String... script) throws Exception {
    List<BuildResult> results = new ArrayList<>();
    CountDownLatch running = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              WorkerBuilder.WorkerStarter starter =
                  (request, jars) -> {
                    Process process =
                        new ProcessBuilder("setsid", "sh", "-c", String.join("\n", script)).start();
                    processes.add(process);
                    return new Worker(process, () -> {});
                  };
              results.add(
                  new WorkerBuilder(planner(planning()), engine(), starter, timeout, timeout)
                      .build(
                          BuildRequest.of(Path.of("web.yml")),
                          event -> {
                            events.add(event);
                            running.countDown();
                          }));
              assertFalse(Thread.currentThread().isInterrupted(), "the interrupt was used up");
            });
    thread.start();
    running.await();
    thread.interrupt();
    thread.join();
    return results.get(0);
  }

  @Test
  void aCancelledBuildReleasesItsResourcesAndReportsIt() throws Exception {
    BuildResult result =
        cancelled(
            LONG,
            says(new BuildEvent.TaskStarted(TASK)),
            "read call; case $call in *cancel*)",
            says(finished(Status.CANCELLED)),
            "esac");

    assertEquals(Status.CANCELLED, result.status());
    assertEquals("as the worker says", result.error().orElseThrow());
    assertEquals(List.of(), engine);
  }

  @Test
  void aCancelledBuildThatDoesNotListenIsKilledAndReleased() throws Exception {
    BuildResult result =
        cancelled(
            SHORT,
            "trap '' TERM",
            says(new BuildEvent.TaskStarted(TASK)),
            "while :; do read call || :; done");

    assertEquals(Status.CANCELLED, result.status());
    assertTrue(
        result.error().orElseThrow().startsWith("Cancelled. The process of the build did not end"),
        result.toString());
    assertEquals(List.of("recovered"), engine);
  }

  @Test
  void aProcessThatGoesOnAfterItsResultIsKilled() {
    BuildResult result =
        build(
            SHORT,
            "trap '' TERM",
            says(finished(Status.SUCCEEDED)),
            "while :; do read x || :; done");

    assertEquals(Status.SUCCEEDED, result.status());
  }

  @Test
  void aProcessThatCannotBeStartedFailsItsBuild() {
    WorkerBuilder builder =
        new WorkerBuilder(
            planner(planning()),
            engine(),
            (request, jars) -> {
              throw new IOException("no memory");
            },
            LONG,
            LONG);

    BuildResult result = builder.build(BuildRequest.of(Path.of("web.yml")), events::add);

    assertEquals(Status.FAILED, result.status());
    assertEquals(
        "The process of the build could not be started: no memory", result.error().orElseThrow());
  }
}

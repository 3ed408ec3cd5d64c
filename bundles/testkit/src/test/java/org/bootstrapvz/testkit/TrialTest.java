/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Task;
import org.junit.jupiter.api.Test;

class TrialTest {
  private static final String PASSWORD = "hunter2";
  private final Trial trial = new Trial();
  private final Map<String, Task> tasks = new LinkedHashMap<>();

  private Trial.Outcome outcome() throws IOException {
    return trial.run(
        tasks,
        folder -> new TestBuild(new TestManifest().withSecret("plugins.x.key", PASSWORD), folder));
  }

  @Test
  void aTaskThatAcquiresItsResourcesPassesWhicheverEffectFails() throws IOException {
    tasks.put(
        "pack",
        build -> {
          Path file = build.workspace().resolve("packed");
          build.acquire(ResourceSpec.file(file), () -> Files.createFile(file));
          build.run(Command.of("pack"));
          build.deliver(file);
        });
    tasks.put("later", build -> build.root().run(Command.of("true")));

    Trial.Outcome outcome = outcome();

    assertEquals(Set.of(), outcome.violations());
    assertEquals(Map.of(), outcome.notRun());
    assertEquals(Map.of("pack", 3, "later", 1), outcome.faults());
  }

  @Test
  void aFailureIsNotInjectedTwice() throws IOException {
    tasks.put("run", build -> build.run(Command.of("true")));
    outcome();
    tasks.put("more", build -> build.run(Command.of("true")));

    assertEquals(Map.of("more", 1), outcome().faults());
  }

  @Test
  void aFileThatIsOnlyLeftWhenACommandFailsIsFound() throws IOException {
    tasks.put(
        "pack",
        build -> {
          Path file = Files.createFile(build.workspace().resolve("scratch"));
          build.run(Command.of("pack"));
          Files.delete(file);
        });

    assertEquals(
        Set.of("When pack failed, this is left behind: 12345678/scratch"), outcome().violations());
  }

  @Test
  void aTaskThatThrowsABugAfterAFailureIsFound() throws IOException {
    tasks.put(
        "read",
        build -> {
          try {
            build.run(Command.of("list"));
          } catch (CommandException e) {
            throw new IllegalStateException("no list");
          }
        });

    assertEquals(
        Set.of("read answers a failure of the host with java.lang.IllegalStateException: no list"),
        outcome().violations());
  }

  @Test
  void aSecretIsFoundInLogArgumentsJournalAndErrors() throws IOException {
    tasks.put("log", build -> build.log("key=" + PASSWORD));
    tasks.put("run", build -> build.run(Command.of("login", PASSWORD)));
    tasks.put("pipe", build -> build.run(Command.of("login").input(PASSWORD)));
    tasks.put(
        "take",
        build -> build.acquire(ResourceSpec.file(Path.of("/nonexistent", PASSWORD)), () -> {}));
    tasks.put(
        "fail",
        build -> {
          throw new BuildException(PASSWORD + " was refused");
        });

    Trial.Outcome outcome = outcome();

    String violations = String.join("\n", outcome.violations());
    assertTrue(violations.contains("A task shows a secret in the log: key=******"), violations);
    assertTrue(violations.contains("in the arguments of a command: login ******"), violations);
    assertTrue(violations.contains("A task shows a secret in the journal"), violations);
    assertTrue(violations.contains("fail shows a secret in its error message"), violations);
    assertFalse(violations.contains("pipe"), violations);
    assertFalse(violations.contains(PASSWORD), violations);
    assertEquals(Set.of("fail"), outcome.notRun().keySet());
  }

  @Test
  void aThreadThatContinuesIsFound() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    tasks.put(
        "watch",
        build -> {
          Thread thread =
              new Thread(
                  () -> {
                    try {
                      end.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  },
                  "watcher");
          thread.start();
        });
    try {
      assertEquals(Set.of("The thread watcher still runs"), outcome().violations());
    } finally {
      end.countDown();
    }
  }
}

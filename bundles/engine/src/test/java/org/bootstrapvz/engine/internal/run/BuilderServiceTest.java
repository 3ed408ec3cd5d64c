/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.bootstrapvz.engine.internal.run.Bench.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.BuildResult.Status;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.engine.internal.plan.TaskValues;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The observable behaviour of a build. */
@FailOnStall
class BuilderServiceTest {
  @TempDir Path folder;
  Bench bench;

  @BeforeEach
  void setUpBench() {
    bench = new Bench(folder);
  }

  @AfterEach
  void leaveNoInterrupt() {
    Thread.interrupted();
  }

  // Order and events

  @Test
  void tasksRunInOrderAndTheListenerSeesPhasesAndTasks() {
    List<String> ran = new ArrayList<>();
    bench.plan.task("first", Phase.PREPARATION, build -> ran.add("first"));
    bench.plan.task("second", Phase.PREPARATION, build -> ran.add("second"));
    bench.plan.task("third", Phase.CLEANING, build -> ran.add("third"));

    BuildResult result = bench.build();

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of("first", "second", "third"), ran);
    assertEquals(
        List.of(
            "Planned",
            "PhaseStarted PREPARATION",
            "TaskStarted first",
            "TaskFinished first",
            "TaskStarted second",
            "TaskFinished second",
            "PhaseFinished PREPARATION",
            "PhaseStarted CLEANING",
            "TaskStarted third",
            "TaskFinished third",
            "PhaseFinished CLEANING",
            "Finished"),
        bench.events.stream().map(BuilderServiceTest::summary).toList());
    assertEquals(List.of(Phase.PREPARATION, Phase.CLEANING), List.copyOf(result.phases().keySet()));
    assertSame(result, bench.events(BuildEvent.Finished.class).get(0).result());
    assertTrue(bench.plan.closed);
    assertEquals(List.of(), bench.plan.obtained);
  }

  private static String summary(BuildEvent event) {
    String name = event.getClass().getSimpleName();
    if (event instanceof BuildEvent.PhaseStarted e) {
      return name + " " + e.phase();
    } else if (event instanceof BuildEvent.PhaseFinished e) {
      return name + " " + e.phase();
    } else if (event instanceof BuildEvent.TaskStarted e) {
      return name + " " + e.task().name();
    } else if (event instanceof BuildEvent.TaskFinished e) {
      return name + " " + e.task().name();
    }
    return name;
  }

  @Test
  void commandsAndMessagesOfTasksBecomeEvents() {
    bench.machine.output.addAll(List.of("one", "two"));
    bench.plan.task(
        "talk",
        build -> {
          build.run(Command.of("echo", "two words"));
          build.log("first line\nsecond line");
          build.warn("careful");
          build.progress(0.5, "halfway");
        });

    bench.build();

    assertEquals(
        List.of("$ echo 'two words'", "one", "two", "first line", "second line"),
        bench.events(BuildEvent.Log.class).stream().map(BuildEvent.Log::line).toList());
    assertEquals(
        List.of(new BuildEvent.Warning("careful")), bench.events(BuildEvent.Warning.class));
    assertEquals(
        List.of(new BuildEvent.TaskProgress(bench.plan.planned("talk"), 0.5, "halfway")),
        bench.events(BuildEvent.TaskProgress.class));
  }

  @Test
  void exceptionsOfTheListenerAreIgnored() {
    bench.plan.task("take", build -> build.acquire(thing("a"), () -> {}));

    BuildResult result =
        bench.build(
            event -> {
              throw new IllegalStateException("listener broke");
            });

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of("open", "a", "close"), bench.done);
  }

  @Test
  void theListenerIsNeverCalledByTwoThreadsAtOnce() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<String> order = new ArrayList<>();
    Events events =
        new Events(
            event -> {
              inside.countDown();
              await(leave);
              order.add(((BuildEvent.Log) event).line());
            },
            new Masking(List.of()));
    Thread first = new Thread(() -> events.log("first"));
    Thread second = new Thread(() -> events.log("second"));
    first.start();
    await(inside);
    second.start();
    while (second.isAlive() && second.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    leave.countDown();
    first.join();
    second.join();

    assertEquals(List.of("first", "second"), order);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  // Before the first task

  @Test
  void aPlanWithErrorsIsRejected() {
    bench.plan.task("never", build -> bench.done.add("ran"));
    Problem problem =
        new Problem(
            Problem.Severity.ERROR, Location.of(Path.of("image.yml")), "", "It is empty", "");
    bench.plan.problems.add(problem);

    BuildResult result = bench.build();

    assertEquals(Status.REJECTED, result.status());
    assertEquals(List.of(problem), result.problems());
    assertEquals(List.of(), bench.done);
    assertEquals(List.of(new BuildEvent.Finished(result)), bench.events);
    assertTrue(bench.plan.closed);
  }

  @Test
  void aDryRunShowsTheTasksAndChangesNothing() throws IOException {
    bench.plan.task("never", build -> bench.done.add("ran"));
    bench.plan.commands.add(new HostCommand("qemu-img", "qemu-utils"));
    bench.machine.missing.addAll(bench.plan.commands);
    Path left = Files.createFile(folder.resolve("left"));
    bench.writeJournal("00000001", "acquire\t1\tn1\tfile\tit\tpath\t" + left + "\n");

    BuildResult result =
        bench.build(new BuildRequest(folder.resolve("image.yml"), true, true), event -> {});

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(
        List.of(
            "Planned",
            "PhaseStarted PREPARATION",
            "TaskStarted never",
            "TaskFinished never",
            "PhaseFinished PREPARATION",
            "Finished"),
        bench.events.stream().map(BuilderServiceTest::summary).toList());
    assertEquals(List.of(), bench.done);
    assertEquals(List.of("00000001.journal"), bench.journals());
    assertTrue(Files.exists(left));
    assertEquals(List.of(), bench.machine.installed);
  }

  @Test
  void missingHostCommandsAreNamedAllAtOnceWithTheirPackages() {
    bench.plan.task("never", build -> bench.done.add("ran"));
    bench.plan.commands.addAll(
        List.of(
            new HostCommand("qemu-img", "qemu-utils"),
            new HostCommand("qemu-nbd", "qemu-utils"),
            new HostCommand("debootstrap", "debootstrap"),
            new HostCommand("tar", "tar")));
    bench.machine.missing.addAll(bench.plan.commands);
    bench.machine.missing.remove(new HostCommand("tar", "tar"));

    BuildResult result = bench.build();

    assertEquals(Status.FAILED, result.status());
    assertEquals(
        Optional.of(
            """
            The host lacks what this build needs: debootstrap (debootstrap), qemu-img \
            (qemu-utils), qemu-nbd (qemu-utils)
            Install it with
              apt-get install debootstrap qemu-utils
            or add --install-missing"""),
        result.error());
    assertEquals(Optional.empty(), result.failedTask());
    assertEquals(List.of(), bench.done);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void filesThatTheHostLacksAreNamedAllAtOnceBeforeTheFirstTask() throws IOException {
    bench.plan.task("never", build -> bench.done.add("ran"));
    Location place = new Location(folder.resolve("image.yml"), 4, 2);
    for (String name : List.of("a.deb", "here.gpg", "b.gpg")) {
      bench.plan.hostFiles.add(new HostFile(folder.resolve(name), "packages." + name, place));
    }
    Files.createFile(folder.resolve("here.gpg"));

    for (boolean install : List.of(false, true)) {
      BuildResult result =
          bench.build(new BuildRequest(folder.resolve("image.yml"), false, install), event -> {});
      assertEquals(Status.FAILED, result.status());
      String error = result.error().orElseThrow();
      assertEquals(2, error.lines().count(), error);
      assertTrue(error.contains("image.yml:4:2: packages.a.deb: There is no file "), error);
      assertTrue(error.contains("packages.b.gpg: There is no file "), error);
      assertEquals(List.of(), bench.done);
    }
  }

  @Test
  void missingHostCommandsAreInstalledOnRequest() {
    bench.plan.task("step", build -> bench.done.add("ran"));
    bench.plan.commands.add(new HostCommand("qemu-img", "qemu-utils"));
    bench.machine.missing.addAll(bench.plan.commands);

    BuildResult result =
        bench.build(new BuildRequest(folder.resolve("image.yml"), false, true), event -> {});

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of("open", "ran", "close"), bench.done);
    assertEquals(
        List.of("[qemu-utils]"),
        bench.events(BuildEvent.InstallingHostPackages.class).stream()
            .map(event -> event.packages().toString())
            .toList());
    assertTrue(bench.events.contains(new BuildEvent.Log("Setting up [qemu-utils]")));
  }

  @Test
  void aCommandStillMissingAfterTheInstallationFailsTheBuild() {
    bench.plan.commands.add(new HostCommand("qemu-img", "qemu-utils"));
    bench.machine.missing.addAll(bench.plan.commands);
    bench.machine.installs = false;

    BuildResult result =
        bench.build(new BuildRequest(folder.resolve("image.yml"), false, true), event -> {});

    assertEquals(Status.FAILED, result.status());
    assertEquals(
        """
        The host still lacks what this build needs: qemu-img (qemu-utils)
        The packages were installed with
          apt-get install qemu-utils""",
        result.error().orElseThrow());
  }

  @Test
  void aMachineThatDoesNotRunTheProgramsOfTheImageFailsTheBuildBeforeItsFirstTask() {
    bench.plan.task("never", build -> bench.done.add("ran"));
    bench.plan.commands.add(new HostCommand("qemu-img", "qemu-utils"));
    bench.machine.missing.addAll(bench.plan.commands);
    bench.machine.foreign = "amd64";

    BuildResult result = bench.build();

    assertEquals(Status.FAILED, result.status());
    assertEquals(
        """
        The host lacks what this build needs: qemu-img (qemu-utils)
        Install it with
          apt-get install qemu-utils
        or add --install-missing
        %s: system.architecture: This machine, which is amd64, cannot run programs for \
        amd64, but building the image runs its programs. There is none. Install it"""
            .formatted(folder.resolve("image.yml")),
        result.error().orElseThrow());
    assertEquals(Optional.empty(), result.failedTask());
    assertEquals(List.of(), bench.done);
  }

  @Test
  void anEmulatorIsInstalledOnRequest() {
    bench.plan.task("step", build -> bench.done.add("ran"));
    bench.machine.foreign = "amd64";

    BuildResult result =
        bench.build(new BuildRequest(folder.resolve("image.yml"), false, true), event -> {});

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of("open", "ran", "close"), bench.done);
    assertEquals(
        List.of("[emulator]"),
        bench.events(BuildEvent.InstallingHostPackages.class).stream()
            .map(event -> event.packages().toString())
            .toList());
    assertTrue(bench.events.contains(new BuildEvent.Log("Setting up an emulator for amd64")));
  }

  @Test
  void aMachineThatStillDoesNotRunTheProgramsFailsTheBuild() {
    bench.plan.task("never", build -> bench.done.add("ran"));
    bench.machine.foreign = "amd64";
    bench.machine.installs = false;

    BuildResult result =
        bench.build(new BuildRequest(folder.resolve("image.yml"), false, true), event -> {});

    assertEquals(Optional.of("There is still none"), result.error());
    assertEquals(List.of(), bench.done);
  }

  @Test
  void aMachineThatOpensNoSandboxFailsTheBuild() {
    bench.machine.refusal = "Only root may do that";

    BuildResult result = bench.build();

    assertEquals(Status.FAILED, result.status());
    assertEquals(Optional.of("Only root may do that"), result.error());
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void anUnwritableStateDirectoryFailsTheBuild() throws IOException {
    Files.writeString(bench.state, "a file in its place");

    BuildResult result = bench.build();

    assertEquals(Status.FAILED, result.status());
    assertEquals(
        "The journal of the build cannot be written to "
            + bench.state.resolve("journal")
            + ": "
            + bench.state
            + ": Not a directory",
        result.error().orElseThrow());
  }

  // Values

  @Test
  void valuesArePassedFromTaskToTask() {
    List<Object> seen = new ArrayList<>();
    bench.plan.task(
        "give",
        Phase.PREPARATION,
        build -> {
          build.provide(String.class, "one");
          build.provide(Integer.class, 1);
          build.provide(Integer.class, 2);
        },
        values(Set.of(), Set.of(), Set.of("java.lang.String", "java.lang.Integer")));
    bench.plan.task(
        "take",
        Phase.PREPARATION,
        build -> {
          seen.add(build.require(String.class));
          seen.addAll(build.all(Integer.class));
          seen.addAll(build.all(Long.class));
        },
        values(
            Set.of("java.lang.String"), Set.of("java.lang.Integer", "java.lang.Long"), Set.of()));

    assertEquals(Status.SUCCEEDED, bench.build().status());
    assertEquals(List.of("one", 1, 2), seen);
  }

  @Test
  void aReleaseThatATaskFindsIsThatOfTheManifestForLaterTasks() {
    List<Object> seen = new ArrayList<>();
    Release duke = Release.unknown("duke");
    bench.plan.task(
        "find",
        Phase.VALIDATION,
        build -> {
          seen.add(build.manifest().release().name());
          build.provide(Release.class, duke);
        },
        values(Set.of(), Set.of(), Set.of(Release.class.getName())));
    bench.plan.task("use", Phase.PREPARATION, build -> seen.add(build.manifest().release()));

    assertEquals(Status.SUCCEEDED, bench.build().status());
    assertEquals(List.of("trixie", duke), seen);
  }

  private static Artefact.Local local(Artefact artefact) {
    return (Artefact.Local) artefact;
  }

  private static TaskValues values(
      Set<String> requires, Set<String> collects, Set<String> provides) {
    return new TaskValues(requires, collects, provides);
  }

  @Test
  void anUndeclaredValueIsRefusedWithTheMissingDeclaration() {
    List<String> messages = new ArrayList<>();
    bench.plan.task(
        "greedy",
        Phase.PREPARATION,
        build -> {
          messages.add(refusal(() -> build.require(String.class)));
          messages.add(refusal(() -> build.all(String.class)));
          messages.add(refusal(() -> build.provide(String.class, "x")));
          messages.add(refusal(() -> build.require(Integer.class)));
        },
        values(Set.of(), Set.of("java.lang.Integer"), Set.of()));

    bench.build();

    String end = ", which its @TaskDefinition does not declare; add ";
    assertEquals(
        List.of(
            "Task greedy reads the value of type java.lang.String"
                + end
                + "requires = String.class",
            "Task greedy reads the values of type java.lang.String"
                + end
                + "collects = String.class",
            "Task greedy provides a value of type java.lang.String"
                + end
                + "provides = String.class",
            "Task greedy reads the value of type java.lang.Integer"
                + end
                + "requires = Integer.class"),
        messages);
  }

  private static String refusal(Runnable access) {
    try {
      access.run();
      return "allowed";
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
  }

  @Test
  void aRequiredValueThatIsAmbiguousOrMissingIsRefused() {
    List<String> messages = new ArrayList<>();
    bench.plan.task(
        "give",
        Phase.PREPARATION,
        build -> {
          build.provide(String.class, "one");
          build.provide(String.class, "two");
        },
        values(Set.of(), Set.of(), Set.of("java.lang.String")));
    bench.plan.task(
        "take",
        Phase.PREPARATION,
        build -> {
          messages.add(refusal(() -> build.require(String.class)));
          messages.add(refusal(build::root));
        },
        values(Set.of("java.lang.String"), Set.of(), Set.of()));

    bench.build();

    assertEquals(
        List.of(
            "Task take needs one value of type java.lang.String, but earlier tasks provided 2",
            "Task take needs one value of type org.bootstrapvz.api.host.Root, but earlier tasks"
                + " provided none"),
        messages);
  }

  @Test
  void theWorkspaceIsNamedAfterTheBuildAndRelativeToTheCurrentDirectory() {
    List<Path> workspaces = new ArrayList<>();
    bench.plan.task("look", build -> workspaces.add(build.workspace()));

    bench.build();

    String id = bench.events(BuildEvent.Planned.class).get(0).buildId();
    assertTrue(id.matches("[0-9a-f]{8}"), id);
    assertEquals(List.of(Path.of("target").toAbsolutePath().resolve(id)), workspaces);
  }

  @Test
  void theRequestMayNameTheDirectoryForTheImage() {
    List<Path> workspaces = new ArrayList<>();
    bench.plan.task("look", build -> workspaces.add(build.workspace().getParent()));

    bench.builder.build(
        new BuildRequest(
            ManifestSource.of(folder.resolve("image.yml")), false, false, Optional.of(folder)),
        event -> {});

    assertEquals(List.of(folder), workspaces);
  }

  // Failure

  @Test
  void aTaskThatFailsEndsTheBuildWithItsNameAndMessage() {
    bench.plan.task(
        "break",
        build -> {
          throw new BuildException("The mirror does not answer");
        });
    bench.plan.task("never", build -> bench.done.add("ran"));

    BuildResult result = bench.build();

    assertEquals(Status.FAILED, result.status());
    assertEquals(Optional.of("org.example.break"), result.failedTask());
    assertEquals(Optional.of("break: The mirror does not answer"), result.error());
    assertEquals(Set.of(Phase.PREPARATION), result.phases().keySet());
    assertEquals(List.of("open", "close"), bench.done);
    assertEquals(List.of(), bench.events(BuildEvent.Log.class));
  }

  @Test
  void anIoExceptionIsDescribed() {
    bench.plan.task(
        "read",
        build -> {
          throw new NoSuchFileException("/etc/nothing");
        });

    assertEquals(
        Optional.of("read: No such file or directory: /etc/nothing"), bench.build().error());
  }

  @Test
  void aWrappedIoExceptionIsDescribedToo() {
    bench.plan.task(
        "walk",
        build -> {
          throw new UncheckedIOException(new IOException("No space left on device"));
        });

    assertEquals(Optional.of("walk: No space left on device"), bench.build().error());
  }

  @Test
  void anyOtherExceptionOfATaskIsABugOfItsBundle() {
    bench.plan.task(
        "buggy",
        build -> {
          build.acquire(thing("a"), () -> {});
          throw new NoClassDefFoundError("org/example/Gone");
        });

    BuildResult result = bench.build();

    assertEquals(Status.FAILED, result.status());
    assertEquals(
        Optional.of(
            "buggy: the task threw java.lang.NoClassDefFoundError: org/example/Gone, which is a"
                + " bug of the bundle org.example 1.2.0"),
        result.error());
    assertEquals(List.of("open", "a", "close"), bench.done);
    assertTrue(
        bench.events(BuildEvent.Log.class).stream()
            .anyMatch(log -> log.line().contains("at org.bootstrapvz.engine")));
  }

  @Test
  void nothingIsReleasedBeforeTheListenerHasSeenTheFailure() {
    List<String> doneWhenFailing = new ArrayList<>();
    bench.plan.task(
        "break",
        build -> {
          build.acquire(thing("a"), () -> {});
          throw new BuildException("No");
        });

    bench.build(
        event -> {
          if (event instanceof BuildEvent.Failing failing) {
            doneWhenFailing.addAll(bench.done);
            doneWhenFailing.add(failing.message());
          }
        });

    assertEquals(List.of("open", "break: No"), doneWhenFailing);
    assertEquals(List.of("open", "a", "close"), bench.done);
  }

  // Cancellation

  @Test
  void anInterruptDuringACommandCancelsTheBuild() {
    bench.plan.task(
        "wait",
        build -> {
          build.acquire(thing("a"), () -> {});
          Thread.currentThread().interrupt();
          build.run(Command.of("sleep", "1000"));
        });

    BuildResult result = bench.build();

    assertEquals(Status.CANCELLED, result.status());
    assertEquals(Optional.of("org.example.wait"), result.failedTask());
    assertEquals(Optional.of("Cancelled in the task wait"), result.error());
    assertEquals(List.of("open", "a", "close"), bench.done);
    assertEquals(List.of(), bench.events(BuildEvent.Failing.class));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void anInterruptThatATaskWrapsCancelsTheBuild() {
    bench.plan.task(
        "wrap",
        build -> {
          throw new BuildException("The upload failed", new BuildCancelledException());
        });

    assertEquals(Status.CANCELLED, bench.build().status());
  }

  @Test
  void anInterruptThatATaskIgnoresStopsTheBuildBeforeTheNextTask() {
    bench.plan.task(
        "deaf",
        build -> {
          build.acquire(thing("a"), () -> {});
          Thread.currentThread().interrupt();
        });
    bench.plan.task("never", build -> bench.done.add("ran"));

    BuildResult result = bench.build();

    assertEquals(Status.CANCELLED, result.status());
    assertEquals(Optional.empty(), result.failedTask());
    assertEquals(Optional.of("Cancelled before the task never"), result.error());
    assertEquals(List.of("open", "a", "close"), bench.done);
  }

  @Test
  void anInterruptAfterTheLastTaskIsLeftToTheCaller() {
    bench.plan.task("deaf", build -> Thread.currentThread().interrupt());

    assertEquals(Status.SUCCEEDED, bench.build().status());
    assertEquals(List.of("open", "close"), bench.done);
    assertTrue(Thread.currentThread().isInterrupted());
  }

  // Release

  @Test
  void resourcesAreReleasedInReverseOrderAndTheSandboxLast() {
    bench.plan.task("one", build -> build.acquire(thing("a"), () -> {}));
    bench.plan.task(
        "two",
        build -> {
          build.acquire(thing("b"), () -> {});
          build.acquire(thing("c"), () -> {});
        });

    BuildResult result = bench.build();

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of("open", "c", "b", "a", "close"), bench.done);
    assertEquals(
        List.of(
            new BuildEvent.Released("thing c", ""),
            new BuildEvent.Released("thing b", ""),
            new BuildEvent.Released("thing a", "")),
        bench.events(BuildEvent.Released.class));
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void aResourceReleasedByATaskIsNotReleasedAgain() {
    bench.plan.task(
        "borrow",
        build -> {
          Resource a = build.acquire(thing("a"), () -> {});
          build.acquire(thing("b"), () -> {});
          a.release();
          a.release();
          bench.done.add("end of task");
        });

    bench.build();

    assertEquals(List.of("open", "a", "end of task", "b", "close"), bench.done);
  }

  @Test
  void aHalfCreatedResourceIsReleasedToo() {
    Path half = folder.resolve("half");
    bench.plan.task(
        "make",
        build ->
            build.acquire(
                ResourceSpec.folder(half),
                () -> {
                  Files.createDirectories(half.resolve("sub"));
                  throw new IOException("No space left on device");
                }));

    BuildResult result = bench.build();

    assertEquals(Optional.of("make: No space left on device"), result.error());
    assertFalse(Files.exists(half));
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void theIntentIsInTheJournalBeforeTheResourceIsCreated() throws IOException {
    List<String> journal = new ArrayList<>();
    bench.plan.task(
        "make",
        build ->
            build.acquire(
                thing("a"),
                () ->
                    journal.addAll(
                        Files.readAllLines(
                            bench.state.resolve("journal").resolve(build.id() + ".journal")))));

    bench.build();

    assertEquals(1, journal.size());
    assertTrue(
        journal.get(0).matches("acquire\t1\t[0-9a-f]{32}\tthing\tthing a\tname\ta"),
        journal.get(0));
  }

  @Test
  void aResourceThatCannotBeReleasedIsNotCreated() {
    bench.plan.task(
        "make",
        build ->
            build.acquire(
                new ResourceSpec("moon", Map.of(), "the moon"), () -> bench.done.add("made")));

    BuildResult result = bench.build();

    assertEquals(
        Optional.of(
            "make: Did not create the moon: no bundle provides the resource type" + " moon"),
        result.error());
    assertEquals(List.of("open", "close"), bench.done);
  }

  @Test
  void aRelativePathIsRefused() {
    bench.plan.task(
        "make",
        build ->
            build.acquire(ResourceSpec.folder(Path.of("somewhere")), () -> bench.done.add("made")));

    String error = bench.build().error().orElseThrow();

    assertTrue(
        error.contains(
            "A resource of the type folder needs an absolute path below /, not \"somewhere\""),
        error);
    assertEquals(List.of("open", "close"), bench.done);
  }

  @Test
  void aBusyResourceIsRetriedAfterIncreasingPauses() {
    bench.busy.put("a", 3);
    bench.plan.task("take", build -> build.acquire(thing("a"), () -> {}));

    BuildResult result = bench.build();

    assertEquals(List.of(), result.notReleased());
    assertEquals(List.of("open", "a", "close"), bench.done);
    assertEquals(3, bench.pauses.size());
    assertTrue(bench.pauses.get(0).compareTo(bench.pauses.get(1)) < 0);
    assertTrue(bench.pauses.get(1).compareTo(bench.pauses.get(2)) < 0);
  }

  @Test
  void resourcesKeptBusyByTheSandboxAreReleasedAfterItIsClosed() {
    bench.busy.put("a", 7);
    bench.plan.task("take", build -> build.acquire(thing("a"), () -> {}));

    BuildResult result = bench.build();

    assertEquals(List.of(), result.notReleased());
    assertEquals(List.of("open", "close", "a"), bench.done);
  }

  @Test
  void aResourceThatCannotBeReleasedIsReportedAndStaysInTheJournalAndTheOthersAreReleased() {
    bench.busy.put("b", 1000);
    bench.plan.task(
        "take",
        build -> {
          build.acquire(thing("a"), () -> {});
          build.acquire(thing("b"), () -> {});
          build.acquire(thing("c"), () -> {});
        });

    BuildResult result = bench.build();

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(List.of("thing b could not be released: b is busy"), result.notReleased());
    assertEquals(List.of("open", "c", "a", "close"), bench.done);
    assertTrue(bench.events.contains(new BuildEvent.Released("thing b", "b is busy")));
    assertEquals(1, bench.journals().size());

    bench.busy.clear();
    bench.done.clear();
    bench.builder.recover(warning -> {}, line -> {});
    assertEquals(List.of("b"), bench.done);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void aResourceTypeThatThrowsDoesNotAffectTheOthers() {
    bench.faults.put("b", new IllegalStateException("bug"));
    bench.plan.task(
        "take",
        build -> {
          build.acquire(thing("a"), () -> {});
          build.acquire(thing("b"), () -> {});
        });

    BuildResult result = bench.build();

    assertEquals(
        List.of(
            "thing b could not be released: the resource type thing threw"
                + " java.lang.IllegalStateException: bug"),
        result.notReleased());
    assertEquals(List.of(), bench.pauses);
    assertEquals(List.of("open", "a", "close"), bench.done);
  }

  // Delivery

  @Test
  void anArtefactIsMeasuredAndSurvivesItsDirectory() throws IOException {
    Path workspace = folder.resolve("workspace");
    Path image = workspace.resolve("out/image.raw");
    Path file = folder.resolve("image.sum");
    bench.plan.task(
        "deliver",
        build -> {
          build.acquire(
              ResourceSpec.folder(workspace), () -> Files.createDirectories(image.getParent()));
          build.acquire(ResourceSpec.file(file), () -> Files.writeString(file, "sum"));
          Files.writeString(image, "abc");
          Files.writeString(workspace.resolve("scratch"), "x");
          build.deliver(image);
          build.deliver(file);
        });

    BuildResult result = bench.build();

    assertEquals(Status.SUCCEEDED, result.status());
    assertEquals(
        List.of(image, file),
        result.artefacts().stream().map(artefact -> local(artefact).path()).toList());
    assertEquals(3, local(result.artefacts().get(0)).size());
    assertEquals(4096, local(result.artefacts().get(0)).sizeOnDisk());
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        local(result.artefacts().get(0)).sha256());
    assertEquals(2, bench.events(BuildEvent.Delivered.class).size());
    assertEquals("abc", Files.readString(image));
    assertEquals("sum", Files.readString(file));
    assertFalse(Files.exists(workspace.resolve("scratch")));
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void anArtefactWhoseDeliveryIsCancelledIsDeletedWithItsDirectory() {
    Path workspace = folder.resolve("workspace");
    Path image = workspace.resolve("image.raw");
    bench.plan.task(
        "deliver",
        build -> {
          build.acquire(ResourceSpec.folder(workspace), () -> Files.createDirectory(workspace));
          Files.writeString(image, "abc");
          Thread.currentThread().interrupt();
          build.deliver(image);
        });

    BuildResult result = bench.build();

    assertEquals(Status.CANCELLED, result.status());
    assertEquals(List.of(), result.artefacts());
    assertFalse(Files.exists(workspace));
  }

  @Test
  void aDirectoryIsDeliveredWithItsSizeAndKeptCompletelyInsideAReleasedOne() throws IOException {
    Path workspace = folder.resolve("workspace");
    Path tree = workspace.resolve("out/image.folder");
    bench.plan.task(
        "deliver",
        build -> {
          build.acquire(
              ResourceSpec.folder(workspace), () -> Files.createDirectories(tree.resolve("etc")));
          Files.writeString(tree.resolve("etc/hostname"), "web\n");
          Files.writeString(tree.resolve("init"), "abc");
          Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("r-xr-xr-x"));
          Files.writeString(workspace.resolve("out/scratch"), "x");
          build.deliver(tree);
        });

    BuildResult result = bench.build();

    assertEquals(List.of(new Artefact.Local(tree, 7, 8192, "")), result.artefacts());
    assertEquals(List.of(), result.notReleased());
    assertEquals("web\n", Files.readString(tree.resolve("etc/hostname")));
    assertEquals("abc", Files.readString(tree.resolve("init")));
    assertEquals("r-xr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(tree)));
    assertFalse(Files.exists(workspace.resolve("out/scratch")));
  }

  @Test
  void aDirectoryThatWasNotYetDeliveredIsDeletedOnFailure() {
    Path tree = folder.resolve("image.folder");
    bench.plan.task(
        "break",
        build -> {
          build.acquire(ResourceSpec.folder(tree), () -> Files.createDirectory(tree));
          Files.writeString(tree.resolve("init"), "abc");
          throw new BuildException("No");
        });

    assertEquals(List.of(), bench.build().artefacts());
    assertFalse(Files.exists(tree));
  }

  @Test
  void aBlockDeviceIsDeliveredWithItsSize() {
    Path device = Path.of("/dev/null");
    bench.machine.devices.put(device, 1L << 30);
    bench.plan.task("deliver", build -> build.deliver(device));

    assertEquals(
        List.of(new Artefact.Local(device, 1L << 30, 1L << 30, "")), bench.build().artefacts());
  }

  @Test
  void onlyFilesDirectoriesAndBlockDevicesAreArtefacts() {
    bench.plan.task("deliver", build -> build.deliver(Path.of("/dev/null")));

    assertEquals(
        Optional.of("deliver: The artefact /dev/null cannot be delivered: it is a fifo"),
        bench.build().error());
  }

  @Test
  void aMissingArtefactFailsTheTask() {
    Path image = folder.resolve("image.raw");
    bench.plan.task("deliver", build -> build.deliver(image));

    assertEquals(
        Optional.of(
            "deliver: The artefact "
                + image
                + " cannot be delivered: there is no such file, directory or device"),
        bench.build().error());
  }

  @Test
  void anArtefactDeliveredBeforeAFailureIsInTheResult() throws IOException {
    Path image = Files.writeString(folder.resolve("image.raw"), "abc");
    bench.plan.task("deliver", build -> build.deliver(image));
    bench.plan.task(
        "break",
        build -> {
          throw new BuildException("No");
        });

    assertEquals(image, local(bench.build().artefacts().get(0)).path());
  }

  // Secrets

  @Test
  void secretsAreMaskedWhereverTheyAppear() {
    bench.plan.secrets.add(Secret.of("hunter2"));
    bench.plan.secrets.add(Secret.of("first part\nsecond part\n}"));
    bench.machine.output.add("password is hunter2");
    bench.busy.put("hunter2", 1000);
    bench.plan.task(
        "blab",
        build -> {
          build.run(Command.of("login", "hunter2"));
          build.log("whole: first part\nsecond part\n}");
          build.log("only the second part of {}");
          build.warn("hunter2");
          build.progress(0, "trying hunter2");
          build.acquire(thing("hunter2"), () -> {});
          throw new BuildException("hunter2 is wrong", new IOException("hunter2"));
        });

    BuildResult result = bench.build();

    assertEquals(Optional.of("blab: ****** is wrong"), result.error());
    assertEquals(
        List.of("thing ****** could not be released: ****** is busy"), result.notReleased());
    assertEquals("blab: ****** is wrong", bench.events(BuildEvent.Failing.class).get(0).message());
    List<String> log = bench.events(BuildEvent.Log.class).stream().map(e -> e.line()).toList();
    assertTrue(log.contains("$ login ******"), log.toString());
    assertTrue(log.contains("password is ******"), log.toString());
    assertTrue(log.contains("whole: ******"), log.toString());
    assertTrue(log.contains("only the ****** of {}"), log.toString());
    assertTrue(log.stream().anyMatch(line -> line.contains("IOException: ******")));
    for (BuildEvent event : bench.events) {
      boolean planned = event instanceof BuildEvent.Planned;
      assertTrue(planned || !event.toString().contains("hunter2"), event.toString());
    }
  }

  // Several builds

  @Test
  void aBuildDoesNotReleaseResourcesOfAnotherBuildInTheSameProcess() throws Exception {
    Bench other = new Bench(folder);
    CountDownLatch acquired = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    bench.plan.task(
        "hold",
        build -> {
          build.acquire(thing("a"), () -> {});
          acquired.countDown();
          await(go);
        });
    other.plan.task("quick", build -> {});
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<BuildResult> slow = thread.submit(() -> bench.build());
      await(acquired);
      bench.builder.recover(bench.done::add, bench.done::add);
      assertEquals(Status.SUCCEEDED, other.build().status());
      assertEquals(List.of("open", "close"), other.done);
      assertEquals(List.of("open"), bench.done);
      go.countDown();
      assertEquals(Status.SUCCEEDED, slow.get().status());
      assertEquals(List.of("open", "a", "close"), bench.done);
    } finally {
      go.countDown();
      thread.shutdownNow();
    }
  }
}

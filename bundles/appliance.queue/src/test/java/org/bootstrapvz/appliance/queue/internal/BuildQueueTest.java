/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.builds.BuildsException.Reason;
import org.bootstrapvz.appliance.api.builds.Submission;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.bootstrapvz.appliance.api.history.BuildDetails;
import org.bootstrapvz.appliance.api.history.BuildPage;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.api.history.TaskRun;
import org.bootstrapvz.appliance.api.history.TaskState;
import org.bootstrapvz.appliance.api.history.UsedBundle;
import org.bootstrapvz.appliance.queue.internal.store.LostBuilds;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@FailOnStall
class BuildQueueTest {
  @TempDir Path folder;
  private final ScriptedBuilder builder = new ScriptedBuilder("provider:kvm", "plugin:vagrant");
  private TestAppliance appliance;
  private Gate gate;

  @BeforeEach
  void start() throws IOException {
    gate = new Gate();
    appliance = appliance(new TestSettings());
  }

  @AfterEach
  void stop() throws IOException {
    gate.close();
    appliance.close();
  }

  private TestAppliance appliance(TestSettings settings) throws IOException {
    return new TestAppliance(folder.resolve("state"), builder, settings);
  }

  private void restart(TestSettings settings) throws IOException {
    appliance.close();
    appliance = appliance(settings);
  }

  private static Reason reasonOf(Runnable asked) {
    return assertThrows(BuildsException.class, asked::run).reason();
  }

  // Whatever happens to a build, it ends

  @ParameterizedTest
  @ValueSource(strings = {"size", "build"})
  void aBuildWhosePluginThrowsAnErrorEndsAsFailedAndCanBeRetried(String operation)
      throws Exception {
    long id = appliance.submit("provider: kvm\nthrow: " + operation + "\n").id();
    BuildSummary failed = appliance.await(id, BuildState.FAILED).summary();
    assertTrue(
        failed.error().contains("StackOverflowError: of the plugin vagrant"), failed.error());
    assertEquals(Reason.CONFLICT, reasonOf(() -> appliance.queue().cancel(id, "ada")));
    long retried = appliance.queue().retry(id, "tester").id();
    appliance.await(retried, BuildState.FAILED);
    appliance.await(appliance.submit("provider: kvm\n").id(), BuildState.SUCCEEDED);
  }

  @Test
  void aBuildThatCannotBePlannedAnyMoreEndsAsFailedWithTheReason() throws Exception {
    long id = appliance.submit("provider: kvm\nreject: The plugin vagrant threw an Error\n").id();
    assertEquals(
        "The manifest was valid when it was submitted, but cannot be planned now: The plugin"
            + " vagrant threw an Error",
        appliance.await(id, BuildState.FAILED).summary().error());
  }

  @Test
  void aBuildThatIsMarkedAsRunningButThatNobodyRunsIsInterruptedAtTheNextStart() throws Exception {
    long id = appliance.submit("provider: kvm\n").id();
    appliance.await(id, BuildState.SUCCEEDED);
    appliance
        .database()
        .transaction(
            connection -> {
              try (Statement statement = connection.createStatement()) {
                return statement.executeUpdate(
                    "update build set state = 'RUNNING', finished = null where id = " + id);
              }
            });
    restart(new TestSettings());
    BuildSummary interrupted = appliance.await(id, BuildState.INTERRUPTED).summary();
    assertEquals("The build was lost: no appliance is running it", interrupted.error());
    long retried = appliance.queue().retry(id, "tester").id();
    appliance.await(retried, BuildState.SUCCEEDED);
  }

  @Test
  void aBuildThatIsRunningIsNotLost() throws Exception {
    long id = appliance.submit(gate.line()).id();
    Gate.Arrival running = gate.next();
    assertEquals(List.of(), new LostBuilds(appliance.database()).find());
    running.letThrough();
    appliance.await(id, BuildState.SUCCEEDED);
  }

  // What is known of a build

  @Test
  void aRemoteArtefactIsPartOfTheHistory() throws Exception {
    BuildSummary submitted = appliance.submit("provider: kvm\nartefact: 100\nremote: ami-1\n");

    BuildDetails details = appliance.await(submitted.id(), BuildState.SUCCEEDED);

    assertEquals(
        new Artefact.Remote(
            "ec2-image", "4711", "eu-central-1", "ami-1", "https://console.example.org/ami-1"),
        details.artefacts().get(0));
    assertEquals("image.raw", details.artefacts().get(1).name());
    assertEquals(100, details.summary().artefactBytes());
    assertTrue(
        appliance
            .queue()
            .log(submitted.id(), 0, 10_000)
            .text()
            .contains("delivered ec2-image ami-1 in eu-central-1, account 4711\n"));
  }

  @Test
  void aBuildIsRecordedCompletely() throws Exception {
    String manifest = "provider: kvm\nplugins: vagrant\nlog: 3\nartefact: 100\n";
    BuildSummary submitted = appliance.submit(manifest);
    assertEquals(BuildState.QUEUED, submitted.state());

    BuildDetails details = appliance.await(submitted.id(), BuildState.SUCCEEDED);

    BuildSummary summary = details.summary();
    assertEquals("test.yml", summary.name());
    assertEquals("tester", summary.submitter());
    assertEquals("kvm", summary.provider());
    assertEquals(List.of("vagrant"), summary.plugins());
    assertEquals("test", summary.appliance());
    assertEquals(1, summary.progress());
    assertEquals(100, summary.artefactBytes());
    assertTrue(summary.started().orElseThrow().compareTo(summary.submitted()) >= 0);
    assertTrue(summary.finished().orElseThrow().compareTo(summary.started().get()) >= 0);
    assertEquals(
        List.of("Prepare DONE 7", "Work DONE 7", "Finish DONE 7"),
        details.tasks().stream().map(BuildQueueTest::text).toList());
    assertEquals(List.of(new UsedBundle("org.example", "1.0.0")), details.bundles());
    assertEquals(Duration.ofMillis(5), details.phases().get(Phase.PREPARATION));
    assertTrue(details.plan().orElseThrow().contains("it is so"), details.plan().get());
    assertEquals("image.raw", details.artefacts().get(0).name());
    assertTrue(Files.exists(((Artefact.Local) details.artefacts().get(0)).path()));
    assertEquals(Optional.of(manifest), appliance.queue().manifest(summary.id()));
    assertEquals(
        "== Preparation\n-- Prepare: Prepares\n== OS installation\n-- Work: Works\nline 1\nline"
            + " 2\nline 3\n== Image registration\n-- Finish: Finishs\n",
        appliance.queue().log(summary.id(), 0, 10_000).text());
    assertEquals(
        List.of(
            "submitted",
            "started",
            "planned",
            "phase-started",
            "task-started",
            "task-finished",
            "phase-finished",
            "phase-started",
            "task-started",
            "task-finished",
            "phase-finished",
            "phase-started",
            "task-started",
            "delivered",
            "task-finished",
            "phase-finished",
            "finished"),
        appliance.queue().events(summary.id(), 0, 100).stream().map(RecordedEvent::type).toList());
  }

  private static String text(TaskRun task) {
    return task.name()
        + " "
        + task.state()
        + task.duration().map(duration -> " " + duration.toMillis()).orElse("");
  }

  @Test
  void theManifestOfARunningBuildIsOnlyReadableByItsUserAndIsDeletedAfterTheBuild()
      throws Exception {
    BuildSummary build = appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    Path file = folder.resolve("state/scratch").resolve(build.id() + ".yml");

    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));

    arrival.letThrough();
    appliance.await(build.id(), BuildState.SUCCEEDED);
    assertFalse(Files.exists(file));
  }

  @Test
  void aFailedBuildSaysWhyAndWhichTaskFailed() throws Exception {
    BuildSummary build = appliance.submit("fail: no network\n");

    BuildDetails details = appliance.await(build.id(), BuildState.FAILED);

    assertEquals("no network", details.summary().error());
    assertEquals(
        List.of(TaskState.DONE, TaskState.FAILED, TaskState.SKIPPED),
        details.tasks().stream().map(TaskRun::state).toList());
  }

  @Test
  void aManifestWithErrorsIsRejectedAtOnceWithTheirPlaces() {
    BuildSummary build = appliance.submit("error: no such release\n");

    assertEquals(BuildState.REJECTED, build.state());
    BuildDetails details = appliance.queue().find(build.id()).orElseThrow();
    assertEquals("no such release", details.problems().get(0).message());
    assertEquals(3, details.problems().get(0).line());
    assertEquals(0, builder.runs());
  }

  @Test
  void aNameOfAProviderThatIsTooLongIsStoredInPart() {
    BuildSummary build = appliance.submit("provider: " + "x".repeat(60_000) + "\nerror: unknown\n");

    assertEquals(BuildState.REJECTED, build.state());
    assertEquals("x".repeat(200), build.provider());
  }

  @Test
  void anUnknownPluginIsAnError() {
    BuildSummary build = appliance.submit("plugins: vagrnt\n");

    assertEquals(BuildState.REJECTED, build.state());
    assertEquals(1, appliance.queue().find(build.id()).orElseThrow().problems().size());
  }

  @Test
  void anInvalidSubmissionIsRefused() {
    assertEquals(
        Reason.INVALID,
        reasonOf(() -> appliance.queue().submit(new Submission(" ", "x", 0, "tester"))));
    assertEquals(
        Reason.INVALID,
        reasonOf(() -> appliance.queue().submit(new Submission("a\nb", "x", 0, "tester"))));
    assertEquals(Reason.INVALID, reasonOf(() -> appliance.submit("a\0b")));
    assertEquals(Reason.INVALID, reasonOf(() -> appliance.submit("x", 101)));
    assertEquals(Reason.INVALID, reasonOf(() -> appliance.queue().list(BuildQuery.newest(0))));
  }

  @Test
  void everyOperationOnAnUnknownBuildFails() {
    assertEquals(Optional.empty(), appliance.queue().find(77));
    assertEquals(Optional.empty(), appliance.queue().manifest(77));
    assertEquals(List.of(), appliance.queue().events(77, 0, 10));
    assertEquals("", appliance.queue().log(77, 0, 10).text());
    assertEquals(Reason.UNKNOWN, reasonOf(() -> appliance.queue().cancel(77, "ada")));
    assertEquals(Reason.UNKNOWN, reasonOf(() -> appliance.queue().retry(77, "tester")));
    assertEquals(Reason.UNKNOWN, reasonOf(() -> appliance.queue().prioritise(77, 1, "ada")));
  }

  // Order

  @Test
  void buildsRunInOrderOfSubmissionWithinTheirPriority() throws Exception {
    BuildSummary first = appliance.submit(gate.line());
    Gate.Arrival running = gate.next();
    BuildSummary usual = appliance.submit(gate.line());
    BuildSummary alsoUsual = appliance.submit(gate.line());
    BuildSummary low = appliance.submit(gate.line(), -1);
    BuildSummary urgent = appliance.submit(gate.line(), 1);
    BuildSummary raised = appliance.submit(gate.line());
    appliance.queue().prioritise(raised.id(), 2, "ada");

    List<Long> order = new ArrayList<>(List.of(running.build()));
    running.letThrough();
    for (int i = 0; i < 5; i++) {
      Gate.Arrival next = gate.next();
      order.add(next.build());
      next.letThrough();
    }

    assertEquals(
        List.of(first.id(), raised.id(), urgent.id(), usual.id(), alsoUsual.id(), low.id()), order);
  }

  @Test
  void theConfiguredNumberOfBuildsRunsAtOnce() throws Exception {
    restart(new TestSettings().with("concurrency", 3));
    for (int i = 0; i < 5; i++) {
      appliance.submit(gate.line());
    }
    Gate.Arrival first = gate.next();
    gate.next();
    gate.next();

    assertEquals(3, appliance.queue().status().running());
    assertFalse(gate.isAnybodyWaiting());

    first.letThrough();
    gate.next();
  }

  @Test
  void aLaterBuildRunsNextToARunningOne() throws Exception {
    restart(new TestSettings().with("concurrency", 2));
    long first = appliance.submit(gate.line()).id();
    assertEquals(first, gate.next().build());
    long second = appliance.submit(gate.line()).id();
    assertEquals(second, gate.next().build());
  }

  @Test
  void aBuildSubmittedAfterARestartRunsNextToOneQueuedBefore() throws Exception {
    long interrupted = appliance.submit(gate.line()).id();
    assertEquals(interrupted, gate.next().build());
    long first = appliance.submit(gate.line()).id();
    restart(new TestSettings().with("concurrency", 2));
    assertEquals(first, gate.next().build());
    long second = appliance.submit(gate.line()).id();
    assertEquals(second, gate.next().build());
  }

  @Test
  void fiveHundredConcurrentSubmissionsAreAllBuiltOnce() throws Exception {
    restart(new TestSettings().with("concurrency", 2));
    ExecutorService people = Executors.newFixedThreadPool(20);
    try {
      List<Future<BuildSummary>> submitted = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        submitted.add(people.submit(() -> appliance.submit("log: 1\n")));
      }
      Set<Long> ids =
          submitted.stream()
              .map(BuildQueueTest::got)
              .map(BuildSummary::id)
              .collect(Collectors.toSet());
      assertEquals(500, ids.size());
      for (long id : ids) {
        appliance.await(id, BuildState.SUCCEEDED);
      }
    } finally {
      people.shutdownNow();
    }
    assertEquals(500, builder.runs());
    assertEquals(500, appliance.queue().counts().get(BuildState.SUCCEEDED));
    assertEquals(500, appliance.queue().phaseTimes().get(Phase.PREPARATION).builds());
  }

  private static BuildSummary got(Future<BuildSummary> submitted) {
    try {
      return submitted.get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  // Cancelling, retrying

  @Test
  void aQueuedBuildIsCancelledAtOnceAndNeverRuns() throws Exception {
    BuildSummary running = appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    BuildSummary queued = appliance.submit("log: 1\n");
    BuildSummary last = appliance.submit("log: 1\n");

    appliance.queue().cancel(queued.id(), "ada");

    assertEquals(
        BuildState.CANCELLED, appliance.queue().find(queued.id()).orElseThrow().summary().state());
    arrival.letThrough();
    appliance.await(running.id(), BuildState.SUCCEEDED);
    appliance.await(last.id(), BuildState.SUCCEEDED);
    assertEquals(2, builder.runs());
    assertEquals(Reason.CONFLICT, reasonOf(() -> appliance.queue().cancel(queued.id(), "ada")));
    assertEquals(
        Reason.CONFLICT, reasonOf(() -> appliance.queue().prioritise(queued.id(), 1, "ada")));
  }

  @Test
  void aRunningBuildIsInterruptedAndItsTaskMarked() throws Exception {
    BuildSummary build = appliance.submit(gate.line());
    gate.next();

    appliance.queue().cancel(build.id(), "ada");

    BuildDetails details = appliance.await(build.id(), BuildState.CANCELLED);
    assertEquals("Cancelled in the task Work, by ada", details.summary().error());
    assertEquals(
        List.of(TaskState.DONE, TaskState.STOPPED, TaskState.SKIPPED),
        details.tasks().stream().map(TaskRun::state).toList());
    BuildSummary next = appliance.submit("log: 1\n");
    appliance.await(next.id(), BuildState.SUCCEEDED);
  }

  private List<String> actions(long id) {
    return appliance.queue().find(id).orElseThrow().actions().stream()
        .map(action -> (action.type() + " " + action.by() + " " + action.detail()).strip())
        .toList();
  }

  private List<String> eventsOf(long id, String type) {
    return appliance.queue().events(id, 0, 100).stream()
        .filter(event -> event.type().equals(type))
        .map(RecordedEvent::data)
        .toList();
  }

  @Test
  void whoChangedABuildStandsInItsEventsAndActions() throws Exception {
    BuildSummary running = appliance.submit(gate.line());
    gate.next();
    BuildSummary queued = appliance.submit("log: 1\n");
    appliance.queue().prioritise(queued.id(), 7, "bob");
    appliance.queue().cancel(queued.id(), "vera");
    appliance.queue().cancel(running.id(), "ada");
    appliance.await(running.id(), BuildState.CANCELLED);
    BuildSummary again = appliance.queue().retry(queued.id(), "carl");

    assertEquals(
        List.of(
            "submitted tester",
            "prioritised bob 7",
            "cancelled vera",
            "retried carl " + again.id()),
        actions(queued.id()));
    assertEquals(List.of("{\"by\":\"bob\",\"priority\":7}"), eventsOf(queued.id(), "prioritised"));
    assertEquals(List.of("{\"by\":\"vera\"}"), eventsOf(queued.id(), "cancelled"));
    assertEquals(
        List.of("{\"by\":\"carl\",\"build\":" + again.id() + "}"),
        eventsOf(queued.id(), "retried"));
    assertEquals(
        "Cancelled before it started, by vera",
        appliance.queue().find(queued.id()).orElseThrow().summary().error());
    assertEquals(List.of("submitted tester", "cancelled ada"), actions(running.id()));
    assertEquals(List.of("{\"by\":\"ada\"}"), eventsOf(running.id(), "cancelled"));
    assertEquals(List.of("submitted carl " + queued.id()), actions(again.id()));
    assertEquals(
        List.of("{\"by\":\"carl\",\"build\":" + queued.id() + "}"),
        eventsOf(again.id(), "submitted"));
  }

  @Test
  void aCancellationIsNotRefusedIfTheBuildIsCancelledInTheMeantime() throws Exception {
    for (int i = 0; i < 100; i++) {
      BuildSummary build = appliance.submit(gate.line());
      gate.next();

      appliance.queue().cancel(build.id(), "ada");

      appliance.await(build.id(), BuildState.CANCELLED);
    }
  }

  @Test
  void aRetryIsANewBuildThatNamesTheOld() throws Exception {
    BuildSummary failed = appliance.submit("fail: once\n", 5);
    appliance.await(failed.id(), BuildState.FAILED);

    BuildSummary retry = appliance.queue().retry(failed.id(), "somebody");

    assertEquals(OptionalLong.of(failed.id()), retry.retryOf());
    assertEquals(5, retry.priority());
    assertEquals("somebody", retry.submitter());
    appliance.await(retry.id(), BuildState.FAILED);
    assertEquals(
        BuildState.FAILED, appliance.queue().find(failed.id()).orElseThrow().summary().state());
  }

  @Test
  void aBuildThatHasNotEndedCannotBeRetried() throws Exception {
    BuildSummary build = appliance.submit(gate.line());
    gate.next();

    assertEquals(Reason.CONFLICT, reasonOf(() -> appliance.queue().retry(build.id(), "tester")));
  }

  // Lists

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() throws Exception {
    List<Long> ids =
        IntStream.range(0, 7).mapToObj(i -> appliance.submit("error: x\n").id()).toList();

    List<Long> listed = new ArrayList<>();
    OptionalLong before = OptionalLong.empty();
    do {
      BuildPage page =
          appliance.queue().list(new BuildQuery(Set.of(BuildState.REJECTED), before, 3));
      page.builds().forEach(build -> listed.add(0, build.id()));
      before = page.next();
    } while (before.isPresent());

    assertEquals(ids, listed);
    assertEquals(
        List.of(),
        appliance
            .queue()
            .list(new BuildQuery(Set.of(BuildState.FAILED), OptionalLong.empty(), 3))
            .builds());
  }

  // Subscription

  @Test
  void aFollowerSeesEveryLineOfARunningBuildAndOfTheStore() throws Exception {
    BuildSummary build = appliance.submit("log: 30000\n" + gate.line());
    StringBuilder read = new StringBuilder();
    Semaphore news = new Semaphore(0);
    Subscription following = appliance.queue().subscribe(build.id(), news::release);
    try {
      Gate.Arrival arrival = gate.next();
      while (read.indexOf("line 30000\n") < 0) {
        news.acquire();
        readOn(build.id(), read, 1000);
      }
      arrival.letThrough();
      appliance.await(build.id(), BuildState.SUCCEEDED);
      readOn(build.id(), read, 1000);
    } finally {
      following.close();
    }
    String expected =
        IntStream.rangeClosed(1, 30000)
            .mapToObj(line -> "line " + line + "\n")
            .collect(Collectors.joining());
    assertTrue(read.toString().contains(expected));
    StringBuilder stored = new StringBuilder();
    readOn(build.id(), stored, 100_000);
    assertEquals(read.toString(), stored.toString());
  }

  private void readOn(long id, StringBuilder read, int limit) {
    LogText part = appliance.queue().log(id, read.length(), limit);
    while (!part.text().isEmpty()) {
      assertEquals(read.length(), part.offset());
      read.append(part.text());
      part = appliance.queue().log(id, part.next(), limit);
    }
  }

  @Test
  void aFollowerThatFailsIsRemovedAndAffectsNobody() throws Exception {
    BuildSummary build = appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    Semaphore calls = new Semaphore(0);
    appliance
        .queue()
        .subscribe(
            build.id(),
            () -> {
              calls.release();
              throw new IllegalStateException("a follower of this test fails");
            });

    arrival.letThrough();
    appliance.await(build.id(), BuildState.SUCCEEDED);

    assertEquals(1, calls.availablePermits());
  }

  @Test
  void aLongLogIsCutAtTheConfiguredSizeAndTheRestIsInAFile() throws Exception {
    restart(new TestSettings().with("maxLogSize", "1MiB"));
    BuildSummary build = appliance.submit("log: 200000\n");

    appliance.await(build.id(), BuildState.SUCCEEDED);

    StringBuilder log = new StringBuilder();
    readOn(build.id(), log, 1 << 20);
    assertTrue(log.length() < (1 << 20) + 100);
    Path rest = folder.resolve("state/builds/" + build.id() + "/" + LogOverflow.NAME);
    String note = "[the rest is in " + rest + ": the log has its maximum size]\n";
    assertTrue(log.toString().endsWith(note), () -> log.substring(log.length() - 200));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(rest)));
    long lines =
        log.toString().lines().filter(line -> line.startsWith("line ")).count()
            + Files.readAllLines(rest).stream().filter(line -> line.startsWith("line ")).count();
    assertEquals(200_000, lines);
  }

  // Stops and starts

  @Test
  void queuedBuildsSurviveAStopAndTheRunningOneIsMarked() throws Exception {
    BuildSummary running = appliance.submit(gate.line());
    gate.next();
    BuildSummary queued = appliance.submit("log: 1\n");

    restart(new TestSettings());

    BuildDetails interrupted = appliance.queue().find(running.id()).orElseThrow();
    assertEquals(BuildState.INTERRUPTED, interrupted.summary().state());
    assertEquals("The appliance was stopped", interrupted.summary().error());
    appliance.await(queued.id(), BuildState.SUCCEEDED);
    assertEquals(2, builder.runs());
    assertEquals(2, builder.recoveries());
  }

  @Test
  void anInterruptedBuildIsQueuedAgainAtItsOldPlaceIfConfigured() throws Exception {
    TestSettings settings = new TestSettings().with("interrupted", QueueSettings.Interrupted.QUEUE);
    restart(settings);
    BuildSummary running = appliance.submit(gate.line());
    gate.next();
    BuildSummary queued = appliance.submit(gate.line());

    restart(settings);

    Gate.Arrival again = gate.next();
    assertEquals(running.id(), again.build());
    again.letThrough();
    BuildDetails details = appliance.await(running.id(), BuildState.SUCCEEDED);
    assertEquals(2, details.summary().attempt());
    gate.next().letThrough();
    appliance.await(queued.id(), BuildState.SUCCEEDED);
    assertEquals(3, builder.runs());
  }

  @Test
  void aChangeOfTheSettingsLeavesNoGap() throws Exception {
    BuildQueue queue = appliance.queue();
    queue.modified(new TestSettings().with("stopTimeout", "60s").queue());
    BuildSummary running = appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    Thread change =
        new Thread(
            () -> {
              try {
                queue.modified(new TestSettings().with("concurrency", 2).queue());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    change.start();
    TestAppliance.await(() -> change.getState() == Thread.State.TIMED_WAITING);

    // It waits for the running build; everything else works.
    assertEquals(BuildState.RUNNING, queue.find(running.id()).orElseThrow().summary().state());
    BuildSummary queued = appliance.submit(gate.line());
    BuildSummary alsoQueued = appliance.submit(gate.line());
    assertEquals(1, queue.status().running());
    arrival.letThrough();
    change.join();

    appliance.await(running.id(), BuildState.SUCCEEDED);
    Gate.Arrival one = gate.next();
    Gate.Arrival other = gate.next();
    assertEquals(2, queue.status().running());
    one.letThrough();
    other.letThrough();
    appliance.await(queued.id(), BuildState.SUCCEEDED);
    appliance.await(alsoQueued.id(), BuildState.SUCCEEDED);
  }

  @Test
  void settingsThatCannotBeUsedLeaveTheQueueAsItIs() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    assertThrows(
        IOException.class,
        () ->
            appliance
                .queue()
                .modified(new TestSettings().with("directory", file.toString()).queue()));

    appliance.await(appliance.submit("log: 1\n").id(), BuildState.SUCCEEDED);
  }

  @Test
  void aStopWaitsForRunningBuildsIfConfigured() throws Exception {
    restart(new TestSettings().with("stopTimeout", "60s"));
    BuildSummary build = appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    Thread stop = new Thread(() -> appliance.close());
    stop.start();

    arrival.letThrough();
    stop.join();

    appliance = appliance(new TestSettings());
    assertEquals(
        BuildState.SUCCEEDED, appliance.queue().find(build.id()).orElseThrow().summary().state());
  }

  @Test
  void anInterruptDuringAWriteDoesNotDamageTheDatabase() throws Exception {
    try {
      appliance
          .database()
          .change(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("create table big (text varchar)");
                  Thread.currentThread().interrupt();
                  statement.execute("insert into big values (repeat('x', 1000000))");
                  statement.execute("checkpoint sync");
                }
              });
    } finally {
      assertTrue(Thread.interrupted());
    }

    appliance.await(appliance.submit("log: 1\n").id(), BuildState.SUCCEEDED);
  }

  @Test
  void anEmbeddedDatabaseThatWasClosedIsReopened() throws Exception {
    BuildSummary build = appliance.submit(gate.line());
    Gate.Arrival arrival = gate.next();
    assertThrows(
        BuildsException.class,
        () ->
            appliance
                .database()
                .change(
                    connection -> {
                      try (Statement statement = connection.createStatement()) {
                        statement.execute("shutdown immediately");
                      }
                    }));

    TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());
    appliance.await(appliance.submit("error: x\n").id(), BuildState.REJECTED);
    arrival.letThrough();
    appliance.await(build.id(), BuildState.SUCCEEDED);
  }

  // Disk

  @Test
  void aBuildThatNeedsTooMuchSpaceIsNotStartedAndSaysHowMuchItNeeds() throws Exception {
    restart(new TestSettings().with("minFreeSpace", "2047TiB"));
    BuildSummary build = appliance.submit("size: " + (1L << 50) + "\n");

    BuildDetails details = appliance.await(build.id(), BuildState.FAILED);

    assertTrue(
        details
            .summary()
            .error()
            .startsWith("Not enough free disk space: the build needs about 2146435072 MiB in "),
        details.summary().error());
    assertEquals(0, builder.runs());
  }

  @Test
  void aBuildThatFillsTheDiskNamesTheDiskAndTheRequiredSpace() throws Exception {
    BuildSummary build =
        appliance.submit("size: 1048576\nfail: cp failed: No space left on device\n");

    String error = appliance.await(build.id(), BuildState.FAILED).summary().error();

    Path builds = appliance.queue().status().directory();
    assertTrue(
        error.matches(
            "cp failed: No space left on device\nThe build works in "
                + builds
                + ", where \\d+ MiB were free when it failed. It needs up to 2 MiB there. .*"),
        error);
  }

  @Test
  void theOldestBuildsAreDeletedWithTheirArtefacts() throws Exception {
    List<BuildSummary> builds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      builds.add(appliance.submit("artefact: 1048576\n"));
      appliance.await(builds.get(i).id(), BuildState.SUCCEEDED);
    }

    restart(new TestSettings().with("keepBuilds", 3).with("keepSize", "2MiB"));
    TestAppliance.await(() -> appliance.queue().find(builds.get(0).id()).isEmpty());

    assertTrue(appliance.queue().find(builds.get(1).id()).isEmpty());
    Path files = appliance.queue().status().directory();
    assertFalse(Files.exists(files.resolve(Long.toString(builds.get(1).id()))));
    assertTrue(Files.exists(files.resolve(Long.toString(builds.get(2).id())).resolve("image.raw")));
    assertTrue(appliance.queue().find(builds.get(3).id()).isPresent());
  }
}

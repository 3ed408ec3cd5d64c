/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.document.PlanDocument;

/**
 * Builder and examiner for tests. A manifest says line by line what its build does: {@code
 * provider: kvm}, {@code plugins: a b}, {@code gate: PORT}, {@code log: LINES}, {@code flood:
 * KILOBYTES} of log and of warnings, {@code afterwards: LINES} behind the gate and {@code effort:
 * BYTES} computed for each, {@code artefact: BYTES}, {@code fail: WHY}, {@code error: WHAT}, {@code
 * size: BYTES}, {@code throw: OPERATION} an error when its size is asked for ({@code size}) or when
 * it is built ({@code build}), {@code reject: WHY} when it is planned again.
 */
final class ScriptedBuilder implements Builder, Examiner {
  private static final PlannedTask PREPARE = task("Prepare", Phase.PREPARATION);
  private static final PlannedTask WORK = task("Work", Phase.OS_INSTALLATION);
  private static final PlannedTask FINISH = task("Finish", Phase.IMAGE_REGISTRATION);

  private final Set<String> offers;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger recoveries = new AtomicInteger();

  ScriptedBuilder(String... offers) {
    this.offers = new TreeSet<>(List.of(offers));
  }

  private static PlannedTask task(String name, Phase phase) {
    return new PlannedTask(
        "org.example." + name, name, phase, name + "s", "org.example", "1.0.0", List.of("test"));
  }

  static Plan plan() {
    return new Plan(
        null,
        "kvm",
        List.of(),
        List.of(PREPARE, WORK, FINISH),
        List.of(new Relation(PREPARE.id(), WORK.id(), "it is so")),
        new TreeSet<>());
  }

  private static Map<String, String> script(Path manifest) {
    Map<String, String> script = new HashMap<>();
    try {
      for (String line : Files.readAllLines(manifest)) {
        String[] pair = line.split(": ", 2);
        script.put(pair[0], pair.length > 1 ? pair[1] : "");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return script;
  }

  /** How many builds were begun here. */
  int runs() {
    return runs.get();
  }

  /** How often what the dead left behind was given back. */
  int recoveries() {
    return recoveries.get();
  }

  @Override
  public void recover(Consumer<String> messages) {
    recoveries.incrementAndGet();
  }

  @Override
  public BuildResult build(BuildRequest request, BuildListener listener) {
    runs.incrementAndGet();
    Map<String, String> script = script(request.manifest().file());
    throwIfToldTo(script, "build");
    if (script.containsKey("reject")) {
      return rejected(script.get("reject"));
    }
    Path workspace = request.workspace().orElseThrow();
    List<Artefact> artefacts = new ArrayList<>();
    BuildResult.Status status = BuildResult.Status.SUCCEEDED;
    Optional<String> error = Optional.empty();
    listener.on(new BuildEvent.Planned("01234567", plan()));
    try {
      run(PREPARE, listener, () -> {});
      run(WORK, listener, () -> work(script, workspace, listener));
      run(FINISH, listener, () -> deliver(script, workspace, artefacts, listener));
    } catch (IOException e) {
      boolean cancelled = Thread.interrupted() || !script.containsKey("fail");
      status = cancelled ? BuildResult.Status.CANCELLED : BuildResult.Status.FAILED;
      error = Optional.of(cancelled ? "Cancelled in the task Work" : e.getMessage());
      if (!cancelled) {
        listener.on(new BuildEvent.Failing(WORK, e.getMessage()));
      }
    }
    BuildResult result =
        new BuildResult(
            status,
            artefacts,
            List.of(),
            Optional.empty(),
            error,
            List.of(),
            Map.of(Phase.PREPARATION, Duration.ofMillis(5)),
            Duration.ofMillis(10));
    listener.on(new BuildEvent.Finished(result));
    return result;
  }

  private static void throwIfToldTo(Map<String, String> script, String operation) {
    if (operation.equals(script.get("throw"))) {
      throw new StackOverflowError("of the plugin vagrant");
    }
  }

  private static BuildResult rejected(String why) {
    Problem problem =
        new Problem(
            Problem.Severity.ERROR, new Location(Path.of("m.yml"), 1, 1), "plugins", why, "");
    return new BuildResult(
        BuildResult.Status.REJECTED,
        List.of(),
        List.of(problem),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of(),
        Duration.ZERO);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void run(PlannedTask task, BuildListener listener, Step step) throws IOException {
    listener.on(new BuildEvent.PhaseStarted(task.phase()));
    listener.on(new BuildEvent.TaskStarted(task));
    step.run();
    listener.on(new BuildEvent.TaskFinished(task, Duration.ofMillis(7)));
    listener.on(new BuildEvent.PhaseFinished(task.phase(), Duration.ofMillis(8)));
  }

  private static void work(Map<String, String> script, Path workspace, BuildListener listener)
      throws IOException {
    log("line ", script.getOrDefault("log", "0"), "0", listener);
    for (int kilobyte = Integer.parseInt(script.getOrDefault("flood", "0"));
        kilobyte > 0;
        kilobyte--) {
      listener.on(new BuildEvent.Log("flood ".repeat(166)));
      if (kilobyte % 8 == 0) {
        listener.on(new BuildEvent.Warning("trickle"));
      }
    }
    if (script.containsKey("gate")) {
      Gate.pass(Integer.parseInt(script.get("gate")), workspace.getFileName().toString());
    }
    log(
        "afterwards ",
        script.getOrDefault("afterwards", "0"),
        script.getOrDefault("effort", "0"),
        listener);
    if (script.containsKey("fail")) {
      throw new IOException(script.get("fail"));
    }
  }

  private static void log(String prefix, String lines, String effort, BuildListener listener) {
    byte[] work = new byte[Integer.parseInt(effort)];
    for (int line = 1; line <= Integer.parseInt(lines); line++) {
      for (int i = 1; i < work.length; i++) {
        work[i] = (byte) (work[i - 1] * 31 + line);
      }
      listener.on(new BuildEvent.Log(prefix + line));
    }
  }

  private static void deliver(
      Map<String, String> script, Path workspace, List<Artefact> artefacts, BuildListener listener)
      throws IOException {
    if (script.containsKey("artefact")) {
      int size = Integer.parseInt(script.get("artefact"));
      Path file = Files.write(workspace.resolve("image.raw"), new byte[size]);
      Artefact artefact = new Artefact.Local(file, size, size, "0".repeat(64));
      artefacts.add(artefact);
      listener.on(new BuildEvent.Delivered(artefact));
    }
    if (script.containsKey("remote")) {
      Artefact artefact =
          new Artefact.Remote(
              "ec2-image",
              "4711",
              "eu-central-1",
              script.get("remote"),
              "https://console.example.org/" + script.get("remote"));
      artefacts.add(artefact);
      listener.on(new BuildEvent.Delivered(artefact));
    }
  }

  @Override
  public Examined examine(Path manifest) {
    Map<String, String> script = script(manifest);
    String provider = script.getOrDefault("provider", "kvm");
    List<String> plugins =
        script.containsKey("plugins") ? List.of(script.get("plugins").split(" ")) : List.of();
    List<Finding> problems = new ArrayList<>();
    if (script.containsKey("error")) {
      problems.add(new Finding(Problem.Severity.ERROR, 3, 1, "system", script.get("error"), ""));
    }
    Set<String> needs = new TreeSet<>(Set.of("provider:" + provider));
    plugins.forEach(plugin -> needs.add("plugin:" + plugin));
    if (script.containsKey("backing")) {
      needs.add("image_format:" + script.get("backing"));
    }
    boolean missing = problems.isEmpty() && !offers.containsAll(needs);
    if (missing) {
      problems.add(new Finding(Problem.Severity.ERROR, 1, 1, "", "Something is missing", ""));
    }
    return new Examined(
        provider,
        plugins,
        needs,
        problems,
        problems.isEmpty()
            ? Optional.of(PlanDocument.withoutFile(plan()).json())
            : Optional.empty(),
        missing);
  }

  @Override
  public long volumeBytes(Path manifest) {
    Map<String, String> script = script(manifest);
    throwIfToldTo(script, "size");
    return Long.parseLong(script.getOrDefault("size", "1"));
  }

  @Override
  public Set<String> offers() {
    return Set.copyOf(offers);
  }
}

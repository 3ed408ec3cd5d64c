/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.value.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a recording host: once without failures, and once for each command they run, each
 * resource they acquire and each artefact they deliver, with a failure injected there. No failure
 * may leave anything behind or reveal a secret.
 */
public final class Trial {
  /** Creates the build in which tasks are tried. */
  @FunctionalInterface
  public interface Setup {
    /** Returns a build in an empty directory, with the values and files that its tasks need. */
    TestBuild in(Path folder) throws IOException, BuildException;
  }

  /**
   * The result of a trial.
   *
   * @param notRun the tasks that could not run on the recording host, with the reason
   * @param faults the number of injected failures, by task
   * @param violations the violations found, as sentences
   */
  public record Outcome(
      Map<String, String> notRun, Map<String, Integer> faults, Set<String> violations) {}

  private final Set<String> tried = new HashSet<>();
  private Map<String, String> notRun = new LinkedHashMap<>();
  private Set<String> violations = new TreeSet<>();

  /** Creates a trial that has not tried any task yet. */
  public Trial() {}

  /**
   * Tries tasks. A failure that this trial already injected at the same place of the same task is
   * not repeated.
   *
   * @param tasks by their ids, in the order in which they run
   * @param setup creates a build
   */
  public Outcome run(Map<String, Task> tasks, Setup setup) throws IOException {
    notRun = new LinkedHashMap<>();
    violations = new TreeSet<>();
    Map<String, Integer> faults = new LinkedHashMap<>();
    Set<Thread> threads = Thread.getAllStackTraces().keySet();
    List<Effect> effects = undisturbed(tasks, setup);
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      if (!notRun.containsKey(effect.task()) && tried.add(effect.toString())) {
        failing(i, effect.task(), tasks, setup);
        faults.merge(effect.task(), 1, Integer::sum);
      }
    }
    Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
    left.removeAll(threads);
    left.stream()
        .filter(thread -> !thread.isDaemon())
        .forEach(thread -> violations.add("The thread " + thread.getName() + " still runs"));
    return new Outcome(notRun, faults, violations);
  }

  /** Returns the command, resource or artefact with this number among those of a task. */
  private record Effect(String task, int number, String kind) {}

  private List<Effect> undisturbed(Map<String, Task> tasks, Setup setup) throws IOException {
    List<Effect> effects = new ArrayList<>();
    inFolder(
        setup,
        build -> {
          for (Map.Entry<String, Task> task : tasks.entrySet()) {
            try {
              task.getValue().run(build);
            } catch (BuildException | IOException | RuntimeException e) {
              notRun.put(task.getKey(), String.valueOf(e.getMessage()));
              showsNoSecret(build, task.getKey(), "its error message", e.getMessage());
            }
            for (int i = 0; effects.size() < build.effects().size(); i++) {
              String kind = build.effects().get(effects.size()).replaceFirst(" .*", "");
              effects.add(new Effect(task.getKey(), i, kind));
            }
          }
          hasNoSecretsShown(build);
          return "all tasks ran";
        });
    return effects;
  }

  private void failing(int effect, String guilty, Map<String, Task> tasks, Setup setup)
      throws IOException {
    inFolder(
        setup,
        build -> {
          build.failAt(effect);
          for (Map.Entry<String, Task> task : tasks.entrySet()) {
            try {
              task.getValue().run(build);
            } catch (BuildException | IOException e) {
              showsNoSecret(build, task.getKey(), "its error message", e.getMessage());
            } catch (RuntimeException e) {
              if (!notRun.containsKey(task.getKey())) {
                violations.add(task.getKey() + " answers a failure of the host with " + e);
              }
            }
            if (task.getKey().equals(guilty)) {
              break;
            }
          }
          return guilty + " failed";
        });
  }

  private interface Run {
    String in(TestBuild build) throws IOException;
  }

  private void inFolder(Setup setup, Run run) throws IOException {
    Path folder = Files.createTempDirectory("trial");
    try {
      TestBuild build = setup.in(folder);
      Set<Path> before = files(folder, build);
      String when = run.in(build);
      try {
        build.close();
      } catch (BuildException e) {
        violations.add("When " + when + ": " + e.getMessage());
      }
      Set<Path> left = files(folder, build);
      left.removeAll(before);
      left.removeIf(file -> build.delivered().stream().anyMatch(file::startsWith));
      for (Path file : left) {
        violations.add("When " + when + ", this is left behind: " + folder.relativize(file));
      }
    } catch (BuildException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      delete(folder);
    }
  }

  /** Excludes the root, which is released with its workspace or filesystem. */
  private static Set<Path> files(Path folder, TestBuild build) throws IOException {
    Path root = folder.resolve("root");
    try (Stream<Path> found = Files.walk(folder)) {
      Set<Path> files = new TreeSet<>(found.toList());
      files.removeIf(file -> file.startsWith(root) || file.equals(build.workspace()));
      return files;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void hasNoSecretsShown(TestBuild build) {
    build.logged().forEach(line -> showsNoSecret(build, "A task", "the log", line));
    build.warnings().forEach(line -> showsNoSecret(build, "A task", "a warning", line));
    build.progress().forEach(line -> showsNoSecret(build, "A task", "its progress", line));
    for (ResourceSpec spec : build.acquired()) {
      showsNoSecret(build, "A task", "the journal", spec.toString());
    }
    for (Command command : build.host().commands()) {
      showsNoSecret(build, "A task", "the arguments of a command", command.toString());
    }
    for (Command command : build.host().imageCommands()) {
      showsNoSecret(build, "A task", "the arguments of a command", command.toString());
    }
  }

  private void showsNoSecret(TestBuild build, String who, String where, @Nullable String text) {
    for (Secret secret : build.manifest().secrets()) {
      if (text != null && text.contains(secret.reveal())) {
        violations.add(
            who
                + " shows a secret in "
                + where
                + ": "
                + text.replace(secret.reveal(), Secret.MASK));
      }
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.osgi.framework.Version;

/**
 * Milliseconds to sort and filter tasks with five relations each, half of them chosen. {@code
 * first} is the first plan of a fresh JVM, {@code warm} one of many.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GraphBenchmark {
  private static final int RELATIONS = 5;

  @Param({"1000", "10000", "100000"})
  public int size;

  private List<TaskInfo> tasks;
  private Set<String> chosen;

  public static void main(String[] args) throws RunnerException {
    new Runner(new OptionsBuilder().include(GraphBenchmark.class.getName()).build()).run();
  }

  /** Relations stay within a phase and point forward, so that each costs an edge. */
  @Setup
  public void makeTasks() {
    Random random = new Random(1);
    Phase[] phases = Phase.values();
    OwnerBundle bundle = new OwnerBundle("org.acme", Version.emptyVersion, 1);
    tasks = new ArrayList<>();
    chosen = new TreeSet<>();
    for (int i = 0; i < size; i++) {
      Set<String> predecessors = new TreeSet<>();
      int before = i / phases.length;
      for (int r = 0; r < RELATIONS && before > 0; r++) {
        predecessors.add(id(i - phases.length * (1 + random.nextInt(before))));
      }
      tasks.add(
          new TaskInfo(
              id(i),
              "Task" + i,
              bundle,
              phases[i % phases.length],
              "",
              List.copyOf(predecessors),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of()));
      if (random.nextBoolean()) {
        chosen.add(id(i));
      }
    }
  }

  /** Scattered, so that the order of the ids is unrelated to the order of the tasks. */
  private static String id(int i) {
    return "org.acme.Task" + Integer.toHexString(i * 0x9E3779B1);
  }

  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Fork(3)
  public TaskList first() {
    return TaskGraph.sort(tasks, Map.of(), chosen);
  }

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Fork(1)
  @Warmup(iterations = 3, time = 2)
  @Measurement(iterations = 5, time = 2)
  public TaskList warm() {
    return TaskGraph.sort(tasks, Map.of(), chosen);
  }
}

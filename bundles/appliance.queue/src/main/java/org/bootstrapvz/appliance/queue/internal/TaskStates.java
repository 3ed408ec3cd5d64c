/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.appliance.api.history.TaskState;
import org.bootstrapvz.appliance.queue.internal.store.TaskProgress;

/** The states of a running build's tasks and its progress. Not safe for use by several threads. */
final class TaskStates {
  private final List<TaskProgress> states = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private int done;
  private double progress;
  private String running = "";

  void planned(List<PlannedTask> tasks) {
    for (PlannedTask each : tasks) {
      positions.put(each.id(), states.size());
      states.add(TaskProgress.WAITING);
    }
  }

  void started(PlannedTask task) {
    running = task.name();
    set(task, new TaskProgress(TaskState.RUNNING, -1));
  }

  /** A part of the running task is done, from 0 to 1. */
  void progress(double fraction) {
    progress = overall(Math.max(0, Math.min(1, fraction)));
  }

  void finished(PlannedTask task, Duration duration) {
    done++;
    progress = overall(0);
    running = "";
    set(task, new TaskProgress(TaskState.DONE, duration.toMillis()));
  }

  void failed(PlannedTask task) {
    set(task, new TaskProgress(TaskState.FAILED, -1));
  }

  void ended(boolean succeeded) {
    progress = succeeded ? 1 : progress;
    running = "";
    states.replaceAll(TaskProgress::ended);
  }

  private void set(PlannedTask task, TaskProgress state) {
    Integer position = positions.get(task.id());
    if (position != null) {
      states.set(position, state);
    }
  }

  private double overall(double ofTask) {
    return states.isEmpty() ? 0 : Math.min(1, (done + ofTask) / states.size());
  }

  /** In the order of the plan. */
  List<TaskProgress> states() {
    return List.copyOf(states);
  }

  /** From 0 to 1. */
  double progress() {
    return progress;
  }

  /** Name of the running task; empty if none is running. */
  String running() {
    return running;
  }
}

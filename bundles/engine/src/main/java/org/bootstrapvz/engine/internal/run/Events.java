/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;

/**
 * Tells the listener of a build what happens: one event at a time, secrets masked. What the
 * listener throws is ignored. Safe for use by several threads.
 */
final class Events implements CommandObserver {
  private final BuildListener listener;
  private final Masking masking;

  Events(BuildListener listener, Masking masking) {
    this.listener = listener;
    this.masking = masking;
  }

  /** Delivers an event; the lock is what makes the threads of commands wait for each other. */
  synchronized void emit(BuildEvent event) {
    try {
      // With the flag set a listener that writes to a file channel would lose it.
      Uninterrupted.run(() -> listener.on(masked(event)));
    } catch (Throwable e) {
      // A listener only watches: nothing it does may stop a build or keep a resource.
    }
  }

  /** Writes a text to the log, an event a line; masked as a whole for secrets of several lines. */
  void log(String text) {
    masking.apply(text).lines().forEach(line -> emit(new BuildEvent.Log(line)));
  }

  void warn(String message) {
    emit(new BuildEvent.Warning(message));
  }

  String mask(String text) {
    return masking.apply(text);
  }

  @Override
  public void started(Command command) {
    log("$ " + command);
  }

  @Override
  public void line(String line) {
    emit(new BuildEvent.Log(line));
  }

  private BuildEvent masked(BuildEvent event) {
    if (event instanceof BuildEvent.Log log) {
      return new BuildEvent.Log(mask(log.line()));
    }
    if (event instanceof BuildEvent.Warning warning) {
      return new BuildEvent.Warning(mask(warning.message()));
    }
    if (event instanceof BuildEvent.TaskProgress progress) {
      return new BuildEvent.TaskProgress(
          progress.task(), progress.fraction(), mask(progress.detail()));
    }
    if (event instanceof BuildEvent.Failing failing) {
      return new BuildEvent.Failing(failing.task(), mask(failing.message()));
    }
    if (event instanceof BuildEvent.Released released) {
      return new BuildEvent.Released(mask(released.description()), mask(released.problem()));
    }
    return event;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Secret;

/**
 * Passes the events of a build to its listener: one at a time, secrets masked. What the listener
 * throws is ignored, and so are events after {@link BuildEvent.Finished}. Safe for use by several
 * threads.
 */
final class Events implements CommandObserver, RecoveryReport {
  private final BuildListener listener;
  private final Masking masking;
  private boolean finished;

  Events(BuildListener listener, Masking masking) {
    this.listener = listener;
    this.masking = masking;
  }

  /**
   * Delivers an event; the lock makes the threads of commands wait for each other.
   *
   * @return whether the build was still running, so that the listener was called
   */
  synchronized boolean emit(BuildEvent event) {
    if (finished) {
      return false;
    }
    finished = event instanceof BuildEvent.Finished;
    try {
      // With the flag set, a listener that writes to a file channel would lose the channel.
      Uninterrupted.run(() -> listener.on(masked(event)));
    } catch (Throwable e) {
      // A listener only observes: it must not be able to stop a build or keep a resource.
    }
    return true;
  }

  /**
   * Writes a text to the log, one event for each line; masked as a whole, for secrets of several
   * lines.
   */
  @Override
  public void log(String text) {
    masking.apply(text).lines().forEach(line -> emit(new BuildEvent.Log(line)));
  }

  @Override
  public boolean warn(String message) {
    return emit(new BuildEvent.Warning(message));
  }

  String mask(String text) {
    return masking.apply(text);
  }

  /** Masks a secret in all events from now on. */
  void mask(Secret secret) {
    masking.add(secret);
  }

  /** Returns whether a text contains a secret that was declared while the build ran. */
  boolean holdsDeclaredSecret(String text) {
    return masking.holdsDeclared(text);
  }

  Artefact.Remote mask(Artefact.Remote artefact) {
    return new Artefact.Remote(
        artefact.kind(),
        mask(artefact.account()),
        mask(artefact.region()),
        mask(artefact.id()),
        mask(artefact.link()));
  }

  @Override
  public void started(Command command) {
    log("$ " + command);
  }

  @Override
  public void line(String line) {
    emit(new BuildEvent.Log(line));
  }

  @Override
  public int separable(String text) {
    return masking.separable(text);
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

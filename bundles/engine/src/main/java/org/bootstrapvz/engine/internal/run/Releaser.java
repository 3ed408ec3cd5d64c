/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.value.Secret;

/** Releases resources and retries those that are busy. Safe for use by several threads. */
final class Releaser {
  /** The pauses before retries: processes that end need a moment to close their files. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(150),
          Duration.ofMillis(500),
          Duration.ofMillis(1500));

  /**
   * The receiver of the output of a release.
   *
   * @param log receives texts for the log
   * @param mask receives secrets to mask from now on
   */
  record Output(Consumer<String> log, Consumer<Secret> mask) {}

  private record Context(String nonce, Optional<Sandbox> sandbox, Output output)
      implements ReleaseContext {
    @Override
    public void log(String line) {
      output.log().accept(line);
    }

    @Override
    public void mask(Secret secret) {
      output.mask().accept(secret);
    }
  }

  private final ResourceTypes types;
  private final Consumer<Duration> pause;

  Releaser(ResourceTypes types, Consumer<Duration> pause) {
    this.types = types;
    this.pause = pause;
  }

  /** Returns whether a service releases resources of this type. */
  boolean knows(String type) {
    return types.find(type).isPresent();
  }

  /** Returns whether releasing resources of this type needs a network. */
  boolean needsNetwork(String type) {
    return types.needsNetwork(type);
  }

  /**
   * Releases a resource. An interrupt of the thread is deferred until then, because it would
   * terminate the required commands.
   *
   * @param delivered files and directories to keep
   * @param sandbox of the build, if it still runs
   * @return why it could not be released; empty if it was
   */
  Optional<String> release(
      JournalEntry entry, Collection<Path> delivered, Optional<Sandbox> sandbox, Output output) {
    boolean interrupted = Thread.interrupted();
    try {
      for (Iterator<Duration> pauses = PAUSES.iterator(); ; ) {
        try {
          return tried(entry, delivered, sandbox, output);
        } catch (BuildException | IOException e) {
          if (!pauses.hasNext()) {
            return Optional.of(Explanation.of(e));
          }
        }
        interrupted |= Thread.interrupted();
        pause.accept(pauses.next());
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Tries once to release a resource; an interrupt of the thread ends the attempt.
   *
   * @param delivered files and directories to keep
   * @param sandbox of the build, if it still runs
   * @return why it could not be released; empty if it was
   */
  Optional<String> attempt(
      JournalEntry entry, Collection<Path> delivered, Optional<Sandbox> sandbox, Output output) {
    try {
      return tried(entry, delivered, sandbox, output);
    } catch (BuildException | IOException e) {
      return Optional.of(Explanation.of(e));
    }
  }

  /** Throws failures that may disappear; returns those that a retry would not change. */
  private Optional<String> tried(
      JournalEntry entry, Collection<Path> delivered, Optional<Sandbox> sandbox, Output output)
      throws BuildException, IOException {
    String typeName = entry.spec().type();
    Optional<ResourceType> type = types.find(typeName);
    if (type.isEmpty()) {
      return Optional.of("no bundle provides the resource type " + typeName);
    }
    try {
      type.get()
          .release(keeping(entry.spec(), delivered), new Context(entry.nonce(), sandbox, output));
      return Optional.empty();
    } catch (BuildException | IOException e) {
      throw e;
    } catch (Throwable e) {
      // Third-party code; the other resources must be released in any case.
      output.log().accept(Explanation.stackTrace(e));
      return Optional.of("the resource type " + typeName + " threw " + e);
    }
  }

  private static ResourceSpec keeping(ResourceSpec spec, Collection<Path> delivered) {
    if (!spec.type().equals(ResourceSpec.FOLDER) && !spec.type().equals(ResourceSpec.FILE)) {
      return spec;
    }
    Map<String, String> parameters = new TreeMap<>(spec.parameters());
    for (Path file : delivered) {
      parameters.put(HostPath.KEEP + parameters.size(), file.toString());
    }
    return new ResourceSpec(spec.type(), parameters, spec.description());
  }
}

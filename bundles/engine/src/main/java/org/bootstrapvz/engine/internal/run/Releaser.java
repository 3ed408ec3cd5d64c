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

/** Gives resources back, trying again what is busy. Safe for use by several threads. */
final class Releaser {
  /** Before each further attempt: processes that end need a moment to let go of their files. */
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(150),
          Duration.ofMillis(500),
          Duration.ofMillis(1500));

  private record Context(Optional<Sandbox> sandbox, Consumer<String> output)
      implements ReleaseContext {
    @Override
    public void log(String line) {
      output.accept(line);
    }
  }

  private final ResourceTypes types;
  private final Consumer<Duration> pause;

  Releaser(ResourceTypes types, Consumer<Duration> pause) {
    this.types = types;
    this.pause = pause;
  }

  /** Whether there is a service that gives resources of a type back. */
  boolean knows(String type) {
    return types.find(type).isPresent();
  }

  /**
   * Gives a resource back. An interrupt of the thread, which would end the commands that this
   * takes, is put off until it is done.
   *
   * @param delivered files and folders that must stay
   * @param sandbox of the build, if it still lives
   * @return why it could not be given back; empty if it was
   */
  Optional<String> release(
      ResourceSpec spec,
      Collection<Path> delivered,
      Optional<Sandbox> sandbox,
      Consumer<String> log) {
    Optional<ResourceType> type = types.find(spec.type());
    if (type.isEmpty()) {
      return Optional.of("no bundle is there that gives back the resource type " + spec.type());
    }
    ResourceSpec kept = keeping(spec, delivered);
    Context context = new Context(sandbox, log);
    boolean interrupted = Thread.interrupted();
    try {
      for (Iterator<Duration> pauses = PAUSES.iterator(); ; ) {
        try {
          type.get().release(kept, context);
          return Optional.empty();
        } catch (BuildException | IOException e) {
          if (!pauses.hasNext()) {
            return Optional.of(Explanation.of(e));
          }
        }
        interrupted |= Thread.interrupted();
        pause.accept(pauses.next());
        interrupted |= Thread.interrupted();
      }
    } catch (Throwable e) {
      // Code of third parties; the other resources must be given back all the same.
      log.accept(Explanation.stackTrace(e));
      return Optional.of("the resource type " + spec.type() + " threw " + e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
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

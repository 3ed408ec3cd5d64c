/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Creation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;

/** What one build has taken: its journal while it lives. Used by the thread of the build. */
final class Resources {
  private final Journal journal;
  private final Releaser releaser;
  private final Sandbox sandbox;
  private final Events events;

  private final class Acquired implements Resource {
    private final int number;
    private final ResourceSpec spec;

    private Acquired(int number, ResourceSpec spec) {
      this.number = number;
      this.spec = spec;
    }

    @Override
    public ResourceSpec spec() {
      return spec;
    }

    @Override
    public void release() throws BuildException {
      if (journal.held().containsKey(number)) {
        Optional<String> problem = Resources.this.release(number, spec, Optional.of(sandbox));
        if (problem.isPresent()) {
          throw new BuildException(notGivenBack(spec, problem.get()));
        }
      }
    }
  }

  Resources(Journal journal, Releaser releaser, Sandbox sandbox, Events events) {
    this.journal = journal;
    this.releaser = releaser;
    this.sandbox = sandbox;
    this.events = events;
  }

  Resource acquire(ResourceSpec spec, Creation creation) throws BuildException {
    if (!releaser.knows(spec.type())) {
      throw new BuildException(
          "Nothing was made of "
              + spec.description()
              + ": no bundle is there that gives back the resource type "
              + spec.type());
    }
    boolean path = spec.type().equals(ResourceSpec.FOLDER) || spec.type().equals(ResourceSpec.FILE);
    if (path && HostPath.absolute(spec).isEmpty()) {
      throw new IllegalArgumentException(HostPath.notAbsolute(spec));
    }
    int number;
    try {
      number = journal.acquire(spec);
    } catch (IOException e) {
      throw new BuildException(
          "The journal of the build cannot be written: " + Explanation.of(e), e);
    }
    try {
      creation.create();
    } catch (IOException e) {
      throw new BuildException(Explanation.of(e), e);
    }
    return new Acquired(number, spec);
  }

  /**
   * Gives everything back in reverse order, then closes the sandbox. What a process of the sandbox
   * kept busy gets another chance after that.
   *
   * @return what could not be given back, with the reason
   */
  List<String> releaseAll() {
    releaseHeld(Optional.of(sandbox));
    List<String> problems = new ArrayList<>();
    try {
      Uninterrupted.run(sandbox::close);
    } catch (RuntimeException e) {
      events.log(Explanation.stackTrace(e));
      problems.add("The sandbox could not be closed: " + e);
    }
    releaseHeld(Optional.empty())
        .forEach(
            (spec, problem) -> {
              events.emit(new BuildEvent.Released(spec.description(), problem));
              problems.add(notGivenBack(spec, problem));
            });
    return problems;
  }

  private Map<ResourceSpec, String> releaseHeld(Optional<Sandbox> alive) {
    Map<ResourceSpec, String> problems = new LinkedHashMap<>();
    new TreeMap<>(journal.held())
        .descendingMap()
        .forEach(
            (number, spec) ->
                release(number, spec, alive).ifPresent(problem -> problems.put(spec, problem)));
    return problems;
  }

  private Optional<String> release(int number, ResourceSpec spec, Optional<Sandbox> alive) {
    Optional<String> problem = releaser.release(spec, journal.delivered(), alive, events::log);
    if (problem.isEmpty()) {
      try {
        journal.released(number);
      } catch (IOException e) {
        // Harmless: after a crash it would be given back once more, which does nothing.
        events.log("The journal of the build cannot be written: " + Explanation.of(e));
      }
      events.emit(new BuildEvent.Released(spec.description(), ""));
    }
    return problem;
  }

  private static String notGivenBack(ResourceSpec spec, String problem) {
    return spec.description() + " could not be given back: " + problem;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.NamedCreation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;

/** The resources that a build holds; writes its journal. Used by the thread of the build. */
final class Resources {
  private final Journal journal;
  private final Releaser releaser;
  private final Sandbox sandbox;
  private final Events events;

  private final class Acquired implements Resource {
    private final JournalEntry entry;

    private Acquired(JournalEntry entry) {
      this.entry = entry;
    }

    @Override
    public ResourceSpec spec() {
      return entry.spec();
    }

    @Override
    public String nonce() {
      return entry.nonce();
    }

    private boolean isHeldBy(Resources owner) {
      return owner == Resources.this && journal.held().containsKey(entry.number());
    }

    @Override
    public void release() throws BuildException {
      if (isHeldBy(Resources.this)) {
        Optional<String> problem = Resources.this.release(entry, Optional.of(sandbox));
        if (problem.isPresent()) {
          throw new BuildException(notReleased(entry, problem.get()));
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

  Resource acquire(ResourceSpec spec, NamedCreation creation) throws BuildException {
    if (!releaser.knows(spec.type())) {
      throw new BuildException(
          "Did not create "
              + spec.description()
              + ": no bundle provides the resource type "
              + spec.type());
    }
    boolean path = spec.type().equals(ResourceSpec.FOLDER) || spec.type().equals(ResourceSpec.FILE);
    if (path && HostPath.absolute(spec).isEmpty()) {
      throw new IllegalArgumentException(HostPath.notAbsolute(spec));
    }
    JournalEntry entry;
    try {
      entry = journal.acquire(withoutSecrets(spec));
    } catch (IOException e) {
      throw unwritable(e);
    }
    try {
      creation.create(entry.nonce());
    } catch (IOException e) {
      throw new BuildException(Explanation.of(e), e);
    }
    return new Acquired(entry);
  }

  /** The parameters must not be changed, or the resource could not be found again. */
  private ResourceSpec withoutSecrets(ResourceSpec spec) {
    spec.parameters()
        .forEach(
            (name, value) -> {
              if (events.holdsDeclaredSecret(value)) {
                throw new IllegalArgumentException(
                    "The parameter "
                        + name
                        + " of the resource type "
                        + spec.type()
                        + " contains a secret, which must not be written to the journal");
              }
            });
    return new ResourceSpec(spec.type(), spec.parameters(), events.mask(spec.description()));
  }

  /**
   * Records a remote artefact and stops holding the resources that it consists of.
   *
   * @throws IllegalArgumentException if a resource is not held by this build
   */
  void keep(Artefact.Remote artefact, List<Resource> kept) throws BuildException {
    List<Integer> numbers = new ArrayList<>();
    for (Resource resource : kept) {
      if (!(resource instanceof Acquired acquired) || !acquired.isHeldBy(this)) {
        throw new IllegalArgumentException(
            "The resource "
                + resource.spec().description()
                + " cannot be kept: it is not held by this build");
      }
      numbers.add(acquired.entry.number());
    }
    try {
      journal.keep(artefact, numbers);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private static BuildException unwritable(IOException cause) {
    return new BuildException(
        "The journal of the build cannot be written: " + Explanation.of(cause), cause);
  }

  /**
   * Releases everything in reverse order, then closes the sandbox. Resources that a process of the
   * sandbox kept busy are retried after that.
   *
   * @return the resources that could not be released, with the reason
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
            (entry, problem) -> {
              events.emit(new BuildEvent.Released(entry.spec().description(), problem));
              problems.add(notReleased(entry, problem));
              record(() -> journal.reported(entry));
            });
    return problems;
  }

  private Map<JournalEntry, String> releaseHeld(Optional<Sandbox> alive) {
    Map<JournalEntry, String> problems = new LinkedHashMap<>();
    for (JournalEntry entry : journal.heldInReverse()) {
      release(entry, alive).ifPresent(problem -> problems.put(entry, problem));
    }
    return problems;
  }

  private Optional<String> release(JournalEntry entry, Optional<Sandbox> alive) {
    Optional<String> problem =
        releaser.release(
            entry, journal.delivered(), alive, new Releaser.Output(events::log, events::mask));
    if (problem.isEmpty()) {
      record(() -> journal.released(entry.number()));
      events.emit(new BuildEvent.Released(entry.spec().description(), ""));
    }
    return problem;
  }

  private interface Change {
    void write() throws IOException;
  }

  /** Without the record, recovery would release the resource again, which does nothing. */
  private void record(Change change) {
    try {
      change.write();
    } catch (IOException e) {
      events.log("The journal of the build cannot be written: " + Explanation.of(e));
    }
  }

  private static String notReleased(JournalEntry entry, String problem) {
    return entry.spec().description() + " could not be released: " + problem;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.task.Artefact;

/**
 * The artefacts that a build delivered. Each is in the journal before it is announced. Used by the
 * thread of the build.
 */
final class Deliveries {
  private final Journal journal;
  private final Resources resources;
  private final Events events;
  private final List<Artefact> artefacts = new ArrayList<>();

  Deliveries(Journal journal, Resources resources, Events events) {
    this.journal = journal;
    this.resources = resources;
    this.events = events;
  }

  /** Returns what was delivered so far. */
  List<Artefact> artefacts() {
    return List.copyOf(artefacts);
  }

  void deliver(Artefact.Local artefact) throws BuildException {
    try {
      journal.delivered(artefact.path());
    } catch (IOException e) {
      throw Measurement.undeliverable(artefact.path(), Explanation.of(e), e);
    }
    announce(artefact);
  }

  Artefact.Remote deliver(Artefact.Remote artefact, Resource... kept) throws BuildException {
    Artefact.Remote masked = events.mask(artefact);
    resources.keep(masked, List.of(kept));
    announce(masked);
    return artefact;
  }

  private void announce(Artefact artefact) {
    artefacts.add(artefact);
    events.emit(new BuildEvent.Delivered(artefact));
  }
}

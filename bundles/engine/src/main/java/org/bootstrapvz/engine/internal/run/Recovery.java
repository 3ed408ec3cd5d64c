/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bootstrapvz.api.resource.ResourceSpec;

/** Gives back what builds whose process has died, or that could not, have left behind. */
final class Recovery {
  private final Journals journals;
  private final Releaser releaser;

  Recovery(Journals journals, Releaser releaser) {
    this.journals = journals;
    this.releaser = releaser;
  }

  /**
   * Works through all journals that belong to nobody who lives.
   *
   * @param warn receives what was done, and what was not possible
   * @param log receives what the resource types write
   */
  void recover(Consumer<String> warn, Consumer<String> log) {
    try {
      for (Path file : journals.files()) {
        recover(file, warn, log);
      }
    } catch (IOException e) {
      warn.accept("The journals cannot be listed: " + Explanation.of(e));
    }
  }

  private void recover(Path file, Consumer<String> warn, Consumer<String> log) {
    Optional<Journal> claimed;
    try {
      claimed = journals.claim(file);
    } catch (IOException e) {
      warn.accept("The journal " + file + " cannot be read: " + Explanation.of(e));
      return;
    }
    if (claimed.isEmpty()) {
      return;
    }
    try (Journal journal = claimed.get()) {
      giveBack(journal, warn, log);
    } catch (IOException e) {
      warn.accept("The journal " + file + " cannot be written: " + Explanation.of(e));
    }
  }

  private void giveBack(Journal journal, Consumer<String> warn, Consumer<String> log)
      throws IOException {
    List<String> released = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Map.Entry<Integer, ResourceSpec> entry :
        new TreeMap<>(journal.held()).descendingMap().entrySet()) {
      ResourceSpec spec = entry.getValue();
      Optional<String> problem = releaser.release(spec, journal.delivered(), Optional.empty(), log);
      if (problem.isEmpty()) {
        journal.released(entry.getKey());
        released.add(spec.description());
      } else {
        problems.add(spec.description() + ": " + problem.get());
      }
    }
    if (!released.isEmpty()) {
      warn.accept(
          "build " + journal.id() + " was interrupted; gave back: " + String.join(", ", released));
    }
    if (!problems.isEmpty()) {
      warn.accept(
          "build "
              + journal.id()
              + " was interrupted; could not give back, the next build tries again: "
              + String.join(", ", problems));
    }
  }
}

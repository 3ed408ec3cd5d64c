/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.bootstrapvz.engine.internal.registry.Leases;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;

/**
 * The generations of the files in the deploy directory. Each content of a file becomes a separate
 * bundle. It replaces its predecessor as soon as it can be started; the predecessor is removed when
 * its last lease is released. Used by one thread.
 */
final class Generations {
  private final Bundles bundles;
  private final Leases leases;
  private final Consumer<String> warnings;
  private final Map<String, Deployed> files = new TreeMap<>();

  /** By SHA-256, so that the same content under two names is one bundle. */
  private final Map<String, Generation> generations = new LinkedHashMap<>();

  private record Generation(String sha256, long bundle) {}

  /** The state of a file. */
  private static final class Deployed {
    /** Used by new builds; null if there is none. */
    private @Nullable Generation serving;

    /** Will replace it but cannot be started yet; null if there is none. */
    private @Nullable Generation next;

    private boolean refused;
    private Optional<String> problem = Optional.empty();

    /** A bundle that was refused because it fails to start. */
    private Optional<Bundles.Description> failed = Optional.empty();

    /** The latest generation that was not refused; null if there is none. */
    @Nullable Generation latest() {
      return next != null ? next : serving;
    }

    boolean claims(Generation generation) {
      return generation == serving || generation == next;
    }
  }

  /**
   * @param warnings receives each problem once
   */
  Generations(Bundles bundles, Leases leases, Consumer<String> warnings) {
    this.bundles = bundles;
    this.leases = leases;
    this.warnings = warnings;
  }

  /** Handles a new file, or new content of a file. */
  void present(String file, Jar jar) {
    Deployed deployed = files.computeIfAbsent(file, name -> new Deployed());
    deployed.refused = !jar.refusal().isEmpty();
    deployed.next = null;
    deployed.failed = Optional.empty();
    if (deployed.refused) {
      problem(file, deployed, jar.refusal());
    } else {
      try {
        deployed.next = generation(file, jar);
        start(file, deployed);
      } catch (BundleException e) {
        deployed.refused = true;
        problem(
            file, deployed, Optional.of("cannot be installed: " + FrameworkBundles.firstLine(e)));
      }
    }
    removeUnused();
  }

  private Generation generation(String file, Jar jar) throws BundleException {
    Generation known = generations.get(jar.sha256());
    if (known != null) {
      return known;
    }
    long bundle = bundles.install("plugin:" + file + "#" + jar.sha256(), jar.content());
    // Builds must not see some of its services while it starts.
    leases.hide(Set.of(bundle));
    Generation generation = new Generation(jar.sha256(), bundle);
    generations.put(jar.sha256(), generation);
    return generation;
  }

  private void start(String file, Deployed deployed) {
    Generation starting = deployed.latest();
    if (starting == null) {
      return;
    }
    Optional<Bundles.StartFailure> failure = bundles.start(starting.bundle());
    if (failure.isEmpty() && deployed.next != null) {
      Generation old = deployed.serving;
      deployed.serving = starting;
      deployed.next = null;
      leases.replace(
          old == null || isClaimed(old) ? Set.of() : Set.of(old.bundle()), starting.bundle());
    }
    if (deployed.next != null && failure.filter(Bundles.StartFailure::ownFault).isPresent()) {
      deployed.refused = true;
      deployed.failed = Optional.of(bundles.describe(starting.bundle()));
      deployed.next = null;
    }
    problem(file, deployed, failure.map(Bundles.StartFailure::problem));
  }

  private void problem(String file, Deployed deployed, Optional<String> problem) {
    if (!problem.equals(deployed.problem)) {
      problem.ifPresent(text -> warnings.accept(file + " " + text));
    }
    deployed.problem = problem;
  }

  /** Handles the removal of a file. */
  void absent(String file) {
    files.remove(file);
    removeUnused();
  }

  /** Tries again to start all bundles, after other bundles were installed or removed. */
  void retry() {
    files.forEach(
        (file, deployed) -> {
          if (!deployed.refused) {
            start(file, deployed);
          }
        });
    removeUnused();
  }

  /** Removes the generations that no file uses and that are not leased. */
  void removeUnused() {
    for (Generation generation : List.copyOf(generations.values())) {
      // A bundle that is still starting cannot be stopped.
      if (isClaimed(generation) || bundles.isStarting(generation.bundle())) {
        continue;
      }
      long bundle = generation.bundle();
      leases.hide(Set.of(bundle));
      if (leases.remove(bundles.withDependents(bundle))) {
        generations.remove(generation.sha256());
        try {
          bundles.remove(bundle);
        } catch (BundleException e) {
          warnings.accept("A bundle cannot be uninstalled: " + FrameworkBundles.firstLine(e));
        } finally {
          leases.removed(bundle);
        }
      }
    }
  }

  private boolean isClaimed(Generation generation) {
    return files.values().stream().anyMatch(deployed -> deployed.claims(generation));
  }

  /** The state of each file. */
  List<DeployedFile> status() {
    List<DeployedFile> status = new ArrayList<>();
    files.forEach(
        (file, deployed) -> {
          Optional<Long> bundle =
              Optional.ofNullable(deployed.refused ? null : deployed.latest())
                  .map(Generation::bundle);
          status.add(
              new DeployedFile(
                  file,
                  bundle,
                  bundle.map(bundles::describe).or(() -> deployed.failed),
                  deployed.problem));
        });
    return List.copyOf(status);
  }
}

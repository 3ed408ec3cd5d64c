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
import org.osgi.framework.BundleException;

/**
 * The generations of what lies in the deploy folder. Each content of a file becomes a bundle of its
 * own; it replaces the one before as soon as it can be started, and that one is removed when its
 * last lease was given back. Used by one thread.
 */
final class Generations {
  private final Bundles bundles;
  private final Leases leases;
  private final Consumer<String> warnings;
  private final Map<String, Deployed> files = new TreeMap<>();

  /** By SHA-256, so that the same content under two names is one bundle. */
  private final Map<String, Generation> generations = new LinkedHashMap<>();

  private record Generation(String sha256, long bundle) {}

  /** What became of a file. */
  private static final class Deployed {
    /** Serves new builds; null if none does. */
    private Generation serving;

    /** Shall replace it but waits for something; null if none does. */
    private Generation next;

    private boolean refused;
    private String problem = "";

    /** Of a bundle that was refused because it fails when it is started. */
    private Optional<Bundles.Description> failed = Optional.empty();

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

  /** A file is there, or has a new content. */
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
        problem(file, deployed, "cannot be installed: " + FrameworkBundles.firstLine(e));
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
    // Half of its services must not be seen while it starts.
    leases.hide(Set.of(bundle));
    Generation generation = new Generation(jar.sha256(), bundle);
    generations.put(jar.sha256(), generation);
    return generation;
  }

  private void start(String file, Deployed deployed) {
    Generation starting = deployed.next != null ? deployed.next : deployed.serving;
    Optional<Bundles.StartFailure> failure = bundles.start(starting.bundle());
    if (failure.isEmpty() && deployed.next != null) {
      Generation old = deployed.serving;
      deployed.serving = deployed.next;
      deployed.next = null;
      leases.replace(
          old == null || isClaimed(old) ? Set.of() : Set.of(old.bundle()), starting.bundle());
    }
    if (deployed.next != null && failure.filter(Bundles.StartFailure::ownFault).isPresent()) {
      deployed.refused = true;
      deployed.failed = Optional.of(bundles.describe(starting.bundle()));
      deployed.next = null;
    }
    problem(file, deployed, failure.map(Bundles.StartFailure::problem).orElse(""));
  }

  private void problem(String file, Deployed deployed, String problem) {
    if (!problem.isEmpty() && !problem.equals(deployed.problem)) {
      warnings.accept(file + " " + problem);
    }
    deployed.problem = problem;
  }

  /** A file is gone. */
  void absent(String file) {
    files.remove(file);
    removeUnused();
  }

  /** Other bundles came or went: what waited may start now, what served may wait. */
  void retry() {
    files.forEach(
        (file, deployed) -> {
          if (!deployed.refused) {
            start(file, deployed);
          }
        });
    removeUnused();
  }

  /** Removes the generations that no file claims, as far as nobody leases them. */
  void removeUnused() {
    for (Generation generation : List.copyOf(generations.values())) {
      // What is still being started cannot be stopped yet.
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
          if (deployed.refused) {
            status.add(new DeployedFile(file, Optional.empty(), deployed.failed, deployed.problem));
          } else {
            long bundle = (deployed.next != null ? deployed.next : deployed.serving).bundle();
            status.add(
                new DeployedFile(
                    file,
                    Optional.of(bundle),
                    Optional.of(bundles.describe(bundle)),
                    deployed.problem));
          }
        });
    return List.copyOf(status);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bootstrapvz.api.extension.DeployListener;
import org.slf4j.LoggerFactory;

/** Tells listeners about the jars of the deploy directory. Safe for use by several threads. */
final class DeployListeners {
  private record Known(String sha256, Optional<String> problem) {}

  /** Held while listeners are called, so that each sees all changes in their order. */
  private final Object order = new Object();

  private final Set<DeployListener> listeners = new LinkedHashSet<>();
  private final Map<Path, Known> files = new TreeMap<>();

  void add(DeployListener listener) {
    synchronized (order) {
      listeners.add(listener);
      files.forEach(
          (file, known) -> safely(() -> listener.deployed(file, known.sha256(), known.problem())));
    }
  }

  void remove(DeployListener listener) {
    synchronized (order) {
      listeners.remove(listener);
    }
  }

  void deployed(Path file, String sha256, Optional<String> problem) {
    synchronized (order) {
      files.put(file, new Known(sha256, problem));
      listeners.forEach(each -> safely(() -> each.deployed(file, sha256, problem)));
    }
  }

  void removed(Path file) {
    synchronized (order) {
      files.remove(file);
      listeners.forEach(each -> safely(() -> each.removed(file)));
    }
  }

  /** A listener must not prevent a deployment. */
  private static void safely(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(DeployListeners.class)
          .error("A listener of the deploy directory failed", e);
    }
  }
}

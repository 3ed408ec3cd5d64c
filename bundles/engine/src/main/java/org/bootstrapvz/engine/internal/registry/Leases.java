/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Component;

/**
 * Counts, for each bundle, the plans that use it, and knows which bundles new plans must not see.
 *
 * <p>A plan is made of what is registered at one moment. So whoever plans asks for {@link
 * #settled}, looks at what is there, and {@link #take takes} the leases; if anything changed in
 * between, that fails and he looks again.
 */
@Component(service = Leases.class)
public final class Leases {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Guarded by this. */
  private final Map<Long, Integer> held = new HashMap<>();

  /** Guarded by this. */
  private final Set<Long> hidden = new HashSet<>();

  /** Whether bundles that new plans use are being restarted. Guarded by this. */
  private boolean restarting;

  /** How often anything changed. Guarded by this. */
  private long changes;

  private volatile Runnable whenReturned = () -> {};

  /** Leases of one plan. */
  public final class Lease implements AutoCloseable {
    /** Guarded by the leases. */
    private Set<Long> bundles;

    private Lease(Set<Long> bundles) {
      this.bundles = Set.copyOf(bundles);
    }

    /** Gives back the leases on all bundles but these. */
    public void keepOnly(Set<Long> needed) {
      Set<Long> kept = new HashSet<>();
      synchronized (Leases.this) {
        for (Long bundle : bundles) {
          if (needed.contains(bundle)) {
            kept.add(bundle);
          } else {
            held.computeIfPresent(bundle, (id, count) -> count > 1 ? count - 1 : null);
          }
        }
        bundles = kept;
      }
      whenReturned.run();
    }

    /** Gives all leases back. Does nothing the second time. */
    @Override
    public void close() {
      keepOnly(Set.of());
    }
  }

  /**
   * Waits while bundles are being restarted. The result tells the present state from later ones.
   */
  public synchronized long settled() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    boolean interrupted = false;
    for (long left; restarting && (left = deadline - System.nanoTime()) > 0; ) {
      try {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return changes;
  }

  /** Leases on bundles, unless anything changed since {@link #settled} gave that state. */
  public synchronized Optional<Lease> take(long state, Set<Long> bundles) {
    if (state != changes) {
      return Optional.empty();
    }
    bundles.forEach(bundle -> held.merge(bundle, 1, Integer::sum));
    return Optional.of(new Lease(bundles));
  }

  /** The bundles that new plans must not see. */
  public synchronized Set<Long> hidden() {
    return Set.copyOf(hidden);
  }

  /** Is called, without a lock, whenever leases were given back. */
  public void whenReturned(Runnable listener) {
    whenReturned = listener;
  }

  /** Hides bundles from new plans. */
  public synchronized void hide(Set<Long> bundles) {
    if (hidden.addAll(bundles)) {
      changes++;
    }
  }

  /** Lets new plans see one bundle and, from the same moment, not see others. */
  public synchronized void replace(Set<Long> old, long bundle) {
    hidden.addAll(old);
    hidden.remove(bundle);
    changes++;
  }

  /**
   * Begins to remove a bundle, unless it, or another that has to be restarted for it, is leased. No
   * plan gets a lease on them until {@link #removed}.
   *
   * @param restarted the bundle and all that depend on it
   */
  public synchronized boolean remove(Set<Long> restarted) {
    if (restarted.stream().anyMatch(held::containsKey)) {
      return false;
    }
    restarting = !hidden.containsAll(restarted);
    changes++;
    return true;
  }

  /** A bundle was removed and those that depended on it were restarted. */
  public synchronized void removed(long bundle) {
    hidden.remove(bundle);
    restarting = false;
    changes++;
    notifyAll();
  }
}

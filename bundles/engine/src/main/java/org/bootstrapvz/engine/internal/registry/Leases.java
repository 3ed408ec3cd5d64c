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
 * Counts, for each bundle, the plans that use it, and records which bundles new plans must not use.
 *
 * <p>A plan uses what is registered at one moment. A planner therefore calls {@link #settled},
 * reads the registry, and {@link #take takes} the leases; if anything changed in between, taking
 * them fails and the planner starts again.
 */
@Component(service = Leases.class)
public final class Leases {
  private static final long RESTART_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** Guarded by this. */
  private final Map<Long, Integer> held = new HashMap<>();

  /** Guarded by this. */
  private final Set<Long> hidden = new HashSet<>();

  /** Whether bundles that new plans use are being restarted. Guarded by this. */
  private boolean restarting;

  /** The number of changes so far. Guarded by this. */
  private long changes;

  private volatile Runnable whenReleased = () -> {};

  /** Leases of one plan. */
  public final class Lease implements AutoCloseable {
    /** Guarded by the leases. */
    private Set<Long> bundles;

    private Lease(Set<Long> bundles) {
      this.bundles = Set.copyOf(bundles);
    }

    /** Releases the leases on all bundles but these. */
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
      whenReleased.run();
    }

    /** Releases all leases. Does nothing the second time. */
    @Override
    public void close() {
      keepOnly(Set.of());
    }
  }

  /**
   * Waits while bundles are being restarted. Returns a number that identifies the current state.
   */
  public synchronized long settled() {
    long deadline = System.nanoTime() + RESTART_TIMEOUT_NANOS;
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

  /** Leases bundles, unless anything changed since {@link #settled} returned that state. */
  public synchronized Optional<Lease> take(long state, Set<Long> bundles) {
    if (state != changes) {
      return Optional.empty();
    }
    bundles.forEach(bundle -> held.merge(bundle, 1, Integer::sum));
    return Optional.of(new Lease(bundles));
  }

  /** The bundles that new plans must not use. */
  public synchronized Set<Long> hidden() {
    return Set.copyOf(hidden);
  }

  /** Sets a listener that is called, without a lock, whenever leases were released. */
  public void whenReleased(Runnable listener) {
    whenReleased = listener;
  }

  /** Hides bundles from new plans. */
  public synchronized void hide(Set<Long> bundles) {
    if (hidden.addAll(bundles)) {
      changes++;
    }
  }

  /** Makes one bundle available to new plans and, at the same time, hides others. */
  public synchronized void replace(Set<Long> old, long bundle) {
    hidden.addAll(old);
    hidden.remove(bundle);
    changes++;
  }

  /**
   * Starts to remove a bundle, unless it, or another bundle that has to be restarted for it, is
   * leased. No plan can lease them until {@link #removed}.
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

  /** Records that a bundle was removed and that those that depended on it were restarted. */
  public synchronized void removed(long bundle) {
    hidden.remove(bundle);
    restarting = false;
    changes++;
    notifyAll();
  }
}

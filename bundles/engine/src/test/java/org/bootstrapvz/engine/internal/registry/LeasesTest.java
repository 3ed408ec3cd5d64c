/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private final Leases leases = new Leases();

  private Leases.Lease take(Long... bundles) {
    return leases.take(leases.settled(), Set.of(bundles)).orElseThrow();
  }

  @Test
  void aBundleIsNotRemovedWhileAnyPlanUsesIt() {
    Leases.Lease first = take(1L, 2L);
    Leases.Lease second = take(1L);
    first.close();
    assertFalse(leases.remove(Set.of(1L)));
    second.close();
    assertTrue(leases.remove(Set.of(1L)));
  }

  @Test
  void aSecondReleaseDoesNothing() {
    Leases.Lease first = take(1L);
    take(1L);
    first.close();
    first.close();
    assertFalse(leases.remove(Set.of(1L)));
  }

  @Test
  void unneededLeasesAreReleasedEarly() {
    Leases.Lease lease = take(1L, 2L);
    lease.keepOnly(Set.of(2L));
    assertTrue(leases.remove(Set.of(1L)));
    leases.removed(1);
    assertFalse(leases.remove(Set.of(2L)));
    lease.close();
    assertTrue(leases.remove(Set.of(2L)));
  }

  @Test
  void leasesAreRefusedForAnOutdatedState() {
    long state = leases.settled();
    leases.replace(Set.of(1L), 2);
    assertEquals(Optional.empty(), leases.take(state, Set.of(1L)));
    assertEquals(Set.of(1L), leases.hidden());
  }

  @Test
  void hidingAHiddenBundleChangesNothing() {
    leases.hide(Set.of(1L));
    long state = leases.settled();
    leases.hide(Set.of(1L));
    assertTrue(leases.take(state, Set.of(2L)).isPresent());
  }

  @Test
  void aRemovedBundleLeavesNoTrace() {
    leases.hide(Set.of(1L));
    assertTrue(leases.remove(Set.of(1L)));
    leases.removed(1);
    assertEquals(Set.of(), leases.hidden());
  }

  @Test
  void theListenerIsNotifiedOfReleasedLeases() {
    AtomicInteger heard = new AtomicInteger();
    leases.whenReleased(heard::incrementAndGet);
    take(1L).close();
    assertEquals(1, heard.get());
  }

  @Test
  void planningWaitsWhileVisibleBundlesAreRestarted() throws Exception {
    leases.hide(Set.of(1L));
    long before = leases.settled();
    assertTrue(leases.remove(Set.of(1L, 2L)));
    CountDownLatch asking = new CountDownLatch(1);
    CompletableFuture<Long> state = new CompletableFuture<>();
    Thread planner =
        new Thread(
            () -> {
              asking.countDown();
              state.complete(leases.settled());
            });
    planner.start();
    asking.await();
    while (planner.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertFalse(state.isDone());
    leases.removed(1);
    assertTrue(state.get() > before);
  }
}

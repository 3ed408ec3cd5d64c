/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import static org.bootstrapvz.appliance.http.internal.server.Admission.Lane.ADMIN;
import static org.bootstrapvz.appliance.http.internal.server.Admission.Lane.ANONYMOUS;
import static org.bootstrapvz.appliance.http.internal.server.Admission.Lane.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which requests are processed at once. */
class AdmissionTest {
  /** Of eight threads, six are for users, and three of these for others. */
  private final Admission admission = new Admission(8, 2);

  private final List<String> processed = new ArrayList<>();

  /** Submits requests that are processed while the ones before are still in progress. */
  private void nest(Admission.Lane lane, int count, Runnable innermost) {
    if (count == 0) {
      innermost.run();
    } else {
      assertTrue(admission.submit(lane, Runnable::run, () -> nest(lane, count - 1, innermost)));
    }
  }

  private boolean submit(Admission.Lane lane, String name) {
    return admission.submit(lane, Runnable::run, () -> processed.add(name));
  }

  @Test
  void threadsRemainForUsersAndForAdmins() {
    nest(
        ANONYMOUS,
        3,
        () -> {
          assertTrue(admission.full(ANONYMOUS));
          assertFalse(admission.full(USER));
          assertTrue(submit(ANONYMOUS, "waits"));
          nest(
              USER,
              3,
              () -> {
                assertTrue(admission.full(USER));
                assertTrue(submit(USER, "user waits"));
                assertTrue(submit(ADMIN, "admin"));
                assertEquals(List.of("admin"), processed);
              });
        });
    assertEquals(List.of("admin", "user waits", "waits"), processed);
    assertFalse(admission.full(ANONYMOUS));
  }

  @Test
  void tooManyWaitingRequestsAreRefusedAndAFailureFreesItsPlace() {
    nest(
        USER,
        6,
        () -> {
          assertTrue(submit(USER, "first"));
          assertTrue(submit(USER, "second"));
          assertFalse(submit(USER, "third"));
          assertTrue(
              admission.submit(
                  ANONYMOUS,
                  work -> {
                    throw new IllegalStateException("The server is stopping");
                  },
                  () -> processed.add("never")));
        });
    assertEquals(List.of("first", "second"), processed);
    nest(USER, 6, () -> processed.add("all places are free"));
    assertEquals(3, processed.size());
  }
}

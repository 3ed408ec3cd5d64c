/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import org.bootstrapvz.appliance.api.access.Identity;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.junit.jupiter.api.Test;

/** Who may use the socket of an appliance that runs as an unprivileged user. */
class LocalCallerTest {
  private static UserPrincipal user(int id) throws IOException {
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(Integer.toString(id));
  }

  private static Identity identify(int peer) throws Exception {
    return LocalCaller.of(user(peer), user(70_001), user(0)).identity();
  }

  @Test
  void rootAndTheUserOfTheApplianceAreAdminsByTheirNames() throws Exception {
    assertEquals(new Identity("0", Role.ADMIN), identify(0));
    assertEquals(new Identity("70001", Role.ADMIN), identify(70_001));
  }

  @Test
  void othersAreRefusedWithASentenceThatNamesThem() {
    HttpProblem refused = assertThrows(HttpProblem.class, () -> identify(70_002));
    assertEquals(403, refused.status());
    assertTrue(refused.detail().contains("the caller is 70002"), refused.detail());
  }
}

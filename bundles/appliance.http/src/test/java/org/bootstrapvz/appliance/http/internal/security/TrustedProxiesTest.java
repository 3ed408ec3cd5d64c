/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which proxies are trusted, and which names are ours. */
class TrustedProxiesTest {
  private final TrustedProxies proxies =
      new TrustedProxies("192.0.2.1", " 10.0.0.0/8", "2001:db8::/32");

  @Test
  void addressesAndNetworksAreTrusted() {
    for (String ours : List.of("192.0.2.1", "10.255.0.1", "2001:db8:1::1")) {
      assertTrue(proxies.contains(ours), ours);
    }
    for (String other : List.of("192.0.2.2", "11.0.0.1", "2001:db9::1", "", "localhost")) {
      assertFalse(proxies.contains(other), other);
    }
  }

  @Test
  void theClientIsTheLastAddressThatIsNotAProxy() {
    assertEquals("198.51.100.9", proxies.client("198.51.100.9", "192.0.2.1"));
    assertEquals("198.51.100.9", proxies.client("1.2.3.4, 198.51.100.9, 10.0.0.1", "192.0.2.1"));
    assertEquals("192.0.2.1", proxies.client("1.2.3.4, nonsense", "192.0.2.1"));
  }

  @Test
  void anythingElseIsRefusedWithoutLookingUpNames() {
    for (String wrong : List.of("proxy.example.org", "10.0.0.0/33", "10.0.0.0/x", "1/2/3", "")) {
      assertEquals(
          "\"" + wrong + "\" is neither an IP address nor a network such as 192.0.2.0/24",
          assertThrows(IllegalArgumentException.class, () -> new TrustedProxies(wrong))
              .getMessage());
    }
  }

  @Test
  void namesAreThoseOfTheLoopbackOfTheConnectionAndTheConfiguredOnes() {
    HostNames hosts = new HostNames(List.of("Images.example.org", "*.example.net"));
    for (String ours :
        List.of(
            "localhost", "images.EXAMPLE.org:443", "a.example.net", "192.0.2.5:80", "[::1]:8484")) {
      assertTrue(hosts.accepts(ours, "192.0.2.5"), ours);
    }
    assertTrue(hosts.accepts("[2001:db8::1]:80", "2001:db8::1"));
    for (String other :
        List.of("", "evil.example.org", "a.b.example.net", "192.0.2.6", "example.net")) {
      assertFalse(hosts.accepts(other, "192.0.2.5"), other);
    }
  }
}

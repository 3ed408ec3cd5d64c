/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandEnvironmentTest {
  @Test
  void aProxyOfTheHostIsUsedByTheBaseSystemAndByThePackagesOfTheImage() {
    Map<String, String> host =
        CommandEnvironment.ofHost(
            Map.of(
                "http_proxy", "http://proxy.example.org:3128",
                "NO_PROXY", "localhost",
                "SSL_CERT_FILE", "/srv/certificates.pem",
                "EDITOR", "vi"));

    Map<String, String> image = CommandEnvironment.ofImage(host);

    assertEquals("http://proxy.example.org:3128", host.get("http_proxy"));
    assertEquals("http://proxy.example.org:3128", image.get("http_proxy"));
    assertEquals("localhost", image.get("NO_PROXY"));
    assertFalse(image.containsKey("SSL_CERT_FILE"), "the image does not have that file");
    assertFalse(image.containsKey("EDITOR"));
    assertEquals("/root", image.get("HOME"));
  }
}

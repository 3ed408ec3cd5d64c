/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;

class EncryptionTest {
  @Test
  void onlyItsOwnAddressIsThatOfTheMetadataServer() {
    URI server = URI.create("http://169.254.169.254/token");
    assertTrue(Encryption.isMetadataServer(server));
    assertFalse(Encryption.isSafe(server));
    assertFalse(Encryption.isMetadataServer(URI.create("http://169.254.169.254.example.org/")));
    assertFalse(Encryption.isMetadataServer(URI.create("http://169.254.169.253/")));
  }
}

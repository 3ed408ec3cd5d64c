/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedIssuersTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "hello\n", "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n"})
  void aFileWithoutAValidCertificateIsReported(String content) throws Exception {
    Path file = folder.resolve("ca.pem");
    Files.writeString(file, content);
    ApplianceException e = assertThrows(ApplianceException.class, () -> TrustedIssuers.read(file));
    assertEquals(file + " contains no valid CA certificate", e.getMessage());
  }

  @Test
  void aMissingFileIsReported() {
    Path file = folder.resolve("ca.pem");
    ApplianceException e = assertThrows(ApplianceException.class, () -> TrustedIssuers.read(file));
    assertTrue(
        e.getMessage().startsWith("Cannot read the CA certificate: " + file), e.getMessage());
  }
}

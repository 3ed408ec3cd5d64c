/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The generation of a bundle, from a resource in it. */
final class Generation {
  private Generation() {}

  static String text() throws IOException {
    try (InputStream text = Generation.class.getResourceAsStream("/generation.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

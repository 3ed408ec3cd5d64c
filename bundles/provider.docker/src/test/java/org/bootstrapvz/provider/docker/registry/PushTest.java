/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The base of tests that push an image to a registry, a new one for each test. */
abstract class PushTest {
  @TempDir Path folder;
  PushScenario push;
  FakeRegistry registry;

  @BeforeEach
  final void startRegistry() throws IOException {
    push = new PushScenario(folder);
    registry = push.registry();
  }

  @AfterEach
  final void stopRegistry() {
    push.close();
  }
}

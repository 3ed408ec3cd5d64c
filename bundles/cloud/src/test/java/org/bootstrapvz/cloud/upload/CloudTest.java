/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.upload;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.cloud.FakeCloud;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A test with a cloud of its own.
 *
 * @param <F> the cloud
 * @param <S> the scenario
 */
public abstract class CloudTest<F extends FakeCloud, S extends CloudScenario<F>> {
  @TempDir protected Path folder;
  protected S scenario;
  protected F cloud;

  /** Creates a scenario with a cloud that is empty. */
  protected abstract S scenario(Path folder) throws IOException;

  @BeforeEach
  void start() throws IOException {
    scenario = scenario(folder);
    cloud = scenario.cloud;
  }

  @AfterEach
  void stop() {
    scenario.close();
  }

  /** Releases what a build left, which must fail; returns the message, which has no secret. */
  protected final String notReleased(TestBuild build) {
    String message = assertThrows(BuildException.class, build::close).getMessage();
    scenario.assertSecret(build, message);
    return message;
  }
}

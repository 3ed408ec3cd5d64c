/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Path;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.Submission;

/** A queue for tests of what is built on it. */
public final class QueueForShell implements AutoCloseable {
  private final TestAppliance appliance;

  /** With a state folder. */
  public QueueForShell(Path state) throws IOException {
    appliance = new TestAppliance(state, new ScriptedBuilder("provider:kvm"), new TestSettings());
  }

  /** The queue. */
  public BuildQueue queue() {
    return appliance.queue();
  }

  /** A build that has failed. */
  public long submitOneThatFails() throws InterruptedException {
    return submit("test.yml", "fail: because\n");
  }

  /** A build that fails, with this name. */
  public long submit(String name, String manifest) throws InterruptedException {
    long id = appliance.queue().submit(new Submission(name, manifest, 0, "tester")).id();
    appliance.await(id, BuildState.FAILED);
    return id;
  }

  @Override
  public void close() {
    appliance.close();
  }
}

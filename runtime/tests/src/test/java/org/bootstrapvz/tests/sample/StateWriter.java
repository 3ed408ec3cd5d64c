/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.events.BuildStateListener;

/** Appends the states of builds to a file. */
public final class StateWriter implements BuildStateListener {
  @Override
  public void stateChanged(BuildSummary build) throws IOException {
    Files.writeString(
        Path.of(System.getProperty("bootstrapvz.test.states")),
        build.id() + " " + build.state() + "\n",
        StandardOpenOption.APPEND);
  }
}

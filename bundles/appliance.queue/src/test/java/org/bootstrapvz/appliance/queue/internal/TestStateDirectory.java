/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.appliance.api.operations.StateDirectory;

/** A state directory that is not locked. The same directory has the same instance. */
record TestStateDirectory(Path path) implements StateDirectory {
  static TestStateDirectory create(Path path) throws IOException {
    TestStateDirectory state = new TestStateDirectory(path.toAbsolutePath());
    Files.createDirectories(state.scratch());
    return state;
  }

  @Override
  public Path scratch() {
    return path.resolve("scratch");
  }

  @Override
  public String instance() {
    return "%08x".formatted(path.hashCode());
  }
}

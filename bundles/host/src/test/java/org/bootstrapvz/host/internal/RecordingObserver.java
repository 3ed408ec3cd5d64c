/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;

/** Keeps what it sees: commands with a dollar sign in front, lines as they are. */
final class RecordingObserver implements CommandObserver {
  final List<String> seen = new CopyOnWriteArrayList<>();

  @Override
  public void started(Command command) {
    seen.add("$ " + command);
  }

  @Override
  public void line(String line) {
    seen.add(line);
  }
}

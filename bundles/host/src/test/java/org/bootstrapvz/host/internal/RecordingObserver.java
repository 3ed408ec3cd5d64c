/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;

/** Keeps what it sees: commands with a dollar sign in front, lines as they are. */
final class RecordingObserver implements CommandObserver {
  final List<String> seen = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void started(Command command) {
    seen.add("$ " + command);
  }

  @Override
  public void line(String line) {
    seen.add(line);
  }
}

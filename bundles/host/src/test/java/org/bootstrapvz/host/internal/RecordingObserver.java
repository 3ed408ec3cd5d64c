/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandObserver;

/** Records commands with a leading dollar sign, and lines unchanged. */
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

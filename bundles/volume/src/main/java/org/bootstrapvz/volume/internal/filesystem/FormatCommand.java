/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.extension.FilesystemRequest;
import org.bootstrapvz.api.host.Command;

/** The manifest's own command to create a filesystem. */
final class FormatCommand {
  private FormatCommand() {}

  /**
   * The command with additional options, among them the UUID. They are inserted at the front,
   * before any positional argument.
   */
  static Command of(FilesystemRequest request, String... options) {
    List<String> words = new ArrayList<>(request.formatCommand());
    words.addAll(1, List.of(options));
    words.addAll(1, List.of("-U", request.uuid()));
    return Command.of(words);
  }
}

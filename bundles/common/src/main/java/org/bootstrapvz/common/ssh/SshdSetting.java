/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ssh;

import java.io.IOException;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.task.Build;

/** Sets options of the SSH server in the image. */
final class SshdSetting {
  private SshdSetting() {}

  /**
   * Sets an option: in a separate file if the server includes such files (from bullseye on),
   * otherwise at the start of its main file, since the first value of an option is used. Warns if
   * the image has no SSH server.
   */
  static void set(Build build, String option, String value) throws IOException {
    Root root = build.root();
    String main = "etc/ssh/sshd_config";
    if (!root.isFile(main)) {
      build.warn("The image has no SSH server, so its option " + option + " was not set");
    } else if (root.exists("etc/ssh/sshd_config.d")) {
      root.write("etc/ssh/sshd_config.d/" + option + ".conf", option + " " + value + "\n");
    } else {
      root.write(main, option + " " + value + "\n" + root.read(main));
    }
  }
}

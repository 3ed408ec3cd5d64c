/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.puppet;

import java.io.IOException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;

/**
 * Puppet in an image, where its package has it: that of Debian, or one of the vendor's layout
 * (puppet-agent of Puppet, openvox-agent).
 *
 * @param program the program
 * @param settings the directory with its settings, relative to the root
 * @param code the directory with its environments, relative to the root
 */
record Puppet(String program, String settings, String code) {
  private static final String VENDOR = "/opt/puppetlabs/bin/puppet";

  static Puppet in(Root root) throws IOException {
    return root.exists(VENDOR)
        ? new Puppet(VENDOR, "etc/puppetlabs/puppet", "etc/puppetlabs/code")
        : new Puppet("puppet", "etc/puppet", "etc/puppet/code");
  }

  /** Returns the directory of modules of the default environment. */
  String modules() {
    return code + "/environments/production/modules";
  }

  /** Returns a command of Puppet; its messages have no colours. */
  Command command(String... arguments) {
    return Command.of(program).with(arguments).with("--color=false");
  }
}

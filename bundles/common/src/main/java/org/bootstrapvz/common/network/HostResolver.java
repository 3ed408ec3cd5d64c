/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Root;

/** How the host looks up names, for commands in the image; {@link RemoveDNSInfo} takes it away. */
public final class HostResolver {
  private static final String RESOLV_CONF = "etc/resolv.conf";

  private HostResolver() {}

  /** Has commands in the root look up names as the host does. */
  public static void copyTo(Root root) throws IOException {
    root.delete(RESOLV_CONF);
    Path host = Path.of("/" + RESOLV_CONF);
    if (Files.isReadable(host)) {
      root.write(RESOLV_CONF, Files.readString(host));
    }
  }
}

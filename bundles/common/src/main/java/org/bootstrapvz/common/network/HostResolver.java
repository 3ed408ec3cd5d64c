/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.api.host.Root;

/**
 * The resolver configuration of the host, for commands in the image; {@link RemoveDNSInfo} removes
 * it.
 */
public final class HostResolver {
  private static final String RESOLV_CONF = "etc/resolv.conf";

  private HostResolver() {}

  /** Makes commands in the root resolve names as the host does. */
  public static void copyTo(Root root) throws IOException {
    root.delete(RESOLV_CONF);
    Path host = Path.of("/" + RESOLV_CONF);
    if (Files.isReadable(host)) {
      root.write(RESOLV_CONF, Files.readString(host));
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where the parts of the appliance report how its start goes. A service; safe for use by several
 * threads.
 */
@ProviderType
public interface ServerStatus {
  /** The server accepts requests at this address. Logged, and reported to systemd, once. */
  void listening(String address);

  /** The first token was created and written to a file. */
  void firstTokenCreated(Path file);

  /**
   * The appliance cannot run: the command {@code serve} logs the reasons and exits.
   *
   * @param reasons sentences for people
   */
  void failed(List<String> reasons);
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Lists the providers and plugins. A service; safe for use by several threads. */
@ProviderType
public interface ExtensionCatalog {
  /**
   * Returns everything that is installed or in the deploy directory, providers first, each kind
   * sorted by name.
   */
  List<ExtensionInfo> extensions();
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.extension;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Knows the providers and plugins. A service; safe for use by several threads. */
@ProviderType
public interface ExtensionCatalog {
  /**
   * All that is installed or was dropped into the deploy folder, providers first, each kind by
   * name.
   */
  List<ExtensionInfo> extensions();
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import org.bootstrapvz.api.manifest.Release;

/** A manifest for a release that can be chosen. */
public final class ReleaseManifest extends MapManifest {
  private final Release release;

  public ReleaseManifest(Release release) {
    this.release = release;
  }

  @Override
  public Release release() {
    return release;
  }
}

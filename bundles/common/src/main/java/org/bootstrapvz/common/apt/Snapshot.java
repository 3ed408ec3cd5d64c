/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.apt;

import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;

/**
 * The state of the Debian archive that {@code packages.snapshot} builds from: the directories of a
 * snapshot service are named by archive and time.
 *
 * @param time {@code 20260101T000000Z}
 * @param service the address of the service
 * @param securityService the address of the service of the security archive
 * @param only whether the manifest names no other mirrors, so that the image keeps these sources
 */
record Snapshot(String time, String service, String securityService, boolean only) {
  /** Returns that of a manifest. */
  static Optional<Snapshot> of(Manifest manifest) {
    ManifestValue value = manifest.at("packages.snapshot");
    if (value.isMap()) {
      String service = value.get("mirror").text().replaceFirst("/+$", "");
      return Optional.of(new Snapshot(value.get("time").text(), service, service, false));
    }
    if (!value.exists()) {
      return Optional.empty();
    }
    String service = MirrorSetting.DEBIAN.address(manifest).orElseThrow();
    return Optional.of(
        new Snapshot(
            value.text(), service, MirrorSetting.SECURITY.address(manifest).orElse(service), true));
  }

  /** Returns the mirrors to build from. */
  Mirrors mirrors() {
    return new Mirrors(
        service + "/debian/" + time, Optional.of(securityService + "/debian-security/" + time));
  }
}

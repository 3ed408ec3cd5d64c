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
 * @param securityService the address of the service of the security archive, if there is one
 * @param only whether the manifest names no other mirrors, so that the image keeps these sources
 */
record Snapshot(String time, String service, Optional<String> securityService, boolean only) {
  /** Returns that of a manifest. */
  static Optional<Snapshot> of(Manifest manifest) {
    ManifestValue value = manifest.at("packages.snapshot");
    if (!value.exists()) {
      return Optional.empty();
    }
    String time = (value.isMap() ? value.get("time") : value).text();
    boolean security = !value.isMap() || value.get("security").isTrue(true);
    if (value.isMap() && value.get("mirror").exists()) {
      String service = value.get("mirror").text().replaceFirst("/+$", "");
      return Optional.of(
          new Snapshot(time, service, Optional.of(service).filter(any -> security), false));
    }
    String service = MirrorSetting.DEBIAN.address(manifest).orElseThrow();
    return Optional.of(
        new Snapshot(
            time,
            service,
            Optional.of(MirrorSetting.SECURITY.address(manifest).orElse(service))
                .filter(any -> security),
            true));
  }

  /** Returns the mirrors to build from. */
  Mirrors mirrors() {
    return new Mirrors(
        service + "/debian/" + time,
        securityService.map(address -> address + "/debian-security/" + time));
  }
}

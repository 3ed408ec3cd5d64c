/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The architectures of Debian whose images are recognized, but not booted. */
final class OtherArchitecture {
  /** Types of root partitions (Discoverable Partitions Specification). */
  private static final Map<UUID, String> ROOT_TYPES =
      Map.of(
          UUID.fromString("69dad710-2ce4-4e3c-b16c-21a1d49abed3"), "32-bit ARM (armhf, armel)",
          UUID.fromString("77055800-792c-4f94-b39a-98c91b762bb6"), "loong64",
          UUID.fromString("37c58c8a-d913-4156-a25f-48b1b64e07f0"), "mipsel",
          UUID.fromString("700bda43-7a34-4507-b179-eeb93d7a7ca3"), "mips64el",
          UUID.fromString("c31c45e6-3f39-412e-80fb-4809c4980599"), "ppc64el",
          UUID.fromString("5eead9a9-fe09-4a1e-a1d7-520d00531306"), "s390x");

  private OtherArchitecture() {}

  /** The architecture that one of some partitions has programs for. */
  static Optional<String> of(List<UUID> partitionTypes) {
    return partitionTypes.stream().filter(ROOT_TYPES::containsKey).map(ROOT_TYPES::get).findFirst();
  }
}

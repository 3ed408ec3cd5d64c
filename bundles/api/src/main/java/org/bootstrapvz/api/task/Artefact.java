/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.nio.file.Path;
import java.util.Objects;

/** A result of a build: on the build's machine or elsewhere. */
public sealed interface Artefact {
  /**
   * Returns the name of the artefact, unique among the artefacts of a build: the file name of a
   * local artefact, the id of a remote one.
   */
  String name();

  /**
   * An artefact on the machine of the build: a file, a directory or a block device.
   *
   * @param path absolute path on the host
   * @param size apparent size in bytes; of a directory, the total size of its content
   * @param sizeOnDisk bytes used on the disk; less than {@code size} for a sparse file
   * @param sha256 checksum of the content of a file, 64 hexadecimal digits; empty for a directory
   *     and for a block device, for which no checksum is computed
   */
  record Local(Path path, long size, long sizeOnDisk, String sha256) implements Artefact {
    /** Checks that nothing is null. */
    public Local {
      Objects.requireNonNull(path, "path");
      Objects.requireNonNull(sha256, "sha256");
    }

    @Override
    public String name() {
      return path.getFileName().toString();
    }
  }

  /**
   * An artefact that is not a file of this machine, such as an image registered in a cloud. It
   * contains no secrets.
   *
   * @param kind its kind, in lower case with hyphens: {@code ec2-image}
   * @param account the account, project or subscription that owns it; empty if there is none
   * @param region the region or location that contains it; empty if there is none
   * @param id identifies it within kind, account and region: {@code ami-0123456789abcdef0}
   * @param link address where a user finds it, {@code https:} or {@code http:}; empty if there is
   *     none
   */
  record Remote(String kind, String account, String region, String id, String link)
      implements Artefact {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if the kind or the id is empty, or if the link is not an
     *     HTTP address
     */
    public Remote {
      Objects.requireNonNull(account, "account");
      Objects.requireNonNull(region, "region");
      if (kind.isEmpty() || id.isEmpty()) {
        throw new IllegalArgumentException("A remote artefact needs a kind and an id");
      }
      if (!link.isEmpty() && !link.startsWith("https://") && !link.startsWith("http://")) {
        throw new IllegalArgumentException(
            "The link of a remote artefact must start with https:// or http://, unlike " + link);
      }
    }

    @Override
    public String name() {
      return id;
    }

    /** Returns a short description: {@code ec2-image ami-0123 in eu-central-1, account 4711}. */
    public String description() {
      return kind
          + " "
          + id
          + (region.isEmpty() ? "" : " in " + region)
          + (account.isEmpty() ? "" : ", account " + account);
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Manifest;

/**
 * Where archives are uploaded to: {@code provider.gcs_destination}.
 *
 * @param prefix of the names there: empty, or with a slash at its end
 */
public record Destination(String bucket, String prefix) {
  /** The extension of the archive. */
  static final String EXTENSION = ".tar.gz";

  /** A prefix has only what stands for itself in an address, which Compute Engine gets. */
  private static final Pattern PATTERN =
      Pattern.compile("gs://([a-z0-9][a-z0-9._-]{1,220}[a-z0-9])(?:/([A-Za-z0-9._~=/-]{0,800}))?");

  /** Reads a destination; empty if it is none. */
  public static Optional<Destination> of(String text) {
    Matcher parts = PATTERN.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String prefix = parts.group(2) == null ? "" : parts.group(2).replaceFirst("/*$", "");
    return Optional.of(new Destination(parts.group(1), prefix.isEmpty() ? "" : prefix + "/"));
  }

  /** Returns that of a manifest, which was checked. */
  static Destination of(Manifest manifest) {
    return of(manifest.at("provider.gcs_destination").text()).orElseThrow();
  }

  /** Returns the name of an archive that stays. */
  String kept(Manifest manifest) {
    return prefix + manifest.name() + EXTENSION;
  }

  /** Returns the name of an archive that is deleted when the image is made of it. */
  String temporary(String nonce) {
    return prefix + "bootstrap-vz-" + nonce + EXTENSION;
  }

  /** Returns the address of an object for people. */
  String address(String name) {
    return "gs://" + bucket + "/" + name;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.internal.login;

/**
 * Where credentials were found. It is no secret: the journal has it.
 *
 * @param file the file; empty if they are not from a file
 */
public record Source(Kind kind, String file) {
  /** The kinds of sources. */
  public enum Kind {
    /** A file with the key of a service account or the login of a user. */
    KEY_FILE,
    /** A file with a token. */
    TOKEN_FILE,
    /** The command gcloud. */
    GCLOUD,
    /** The metadata server of a machine in Google Compute Engine. */
    METADATA
  }

  static final Source GCLOUD = new Source(Kind.GCLOUD, "");
  static final Source METADATA = new Source(Kind.METADATA, "");

  @Override
  public String toString() {
    return switch (kind) {
      case KEY_FILE, TOKEN_FILE -> "the file " + file;
      case GCLOUD -> "gcloud";
      case METADATA -> "the metadata server of this machine";
    };
  }
}

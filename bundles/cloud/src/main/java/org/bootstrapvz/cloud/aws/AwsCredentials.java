/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.time.Instant;
import org.bootstrapvz.api.value.Secret;

/**
 * A key that signs requests.
 *
 * @param accessKey the id of the key, which is not a secret
 * @param secretKey the key
 * @param token of a temporary key; empty for a permanent one
 * @param expires when it ends; {@link Instant#MAX} for a permanent one
 * @param source where it was found
 */
public record AwsCredentials(
    String accessKey, Secret secretKey, Secret token, Instant expires, Source source) {
  /** Creates a permanent key. */
  static AwsCredentials permanent(String accessKey, String secretKey, Source source) {
    return new AwsCredentials(accessKey, Secret.of(secretKey), Secret.of(""), Instant.MAX, source);
  }

  /**
   * Where a key was found. Together with the account it is enough to find it again.
   *
   * @param kind the kind of place
   * @param name the id of the key, or the name of the profile; empty for other kinds
   */
  public record Source(Kind kind, String name) {
    @Override
    public String toString() {
      return switch (kind) {
        case MANIFEST -> "provider.credentials";
        case ENVIRONMENT -> "the environment variables AWS_*";
        case PROFILE -> "the profile " + name;
        case CONTAINER -> "the credential service of the container";
        case INSTANCE -> "the role of this instance";
      };
    }
  }

  /** A kind of place. */
  public enum Kind {
    /** The manifest. */
    MANIFEST,
    /** Environment variables. */
    ENVIRONMENT,
    /** A profile in the configuration files. */
    PROFILE,
    /** The credential service that a container is given. */
    CONTAINER,
    /** The metadata service of an EC2 instance. */
    INSTANCE
  }

  @Override
  public String toString() {
    return "key " + accessKey + " from " + source;
  }
}

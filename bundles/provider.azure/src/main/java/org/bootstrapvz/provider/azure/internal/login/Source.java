/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.internal.login;

/**
 * Where credentials were found. It is no secret: the journal has it.
 *
 * @param client the id of the application or of the identity; empty if there is none
 * @param subscription for which az issues the token; empty for its default
 */
public record Source(Kind kind, String client, String subscription) {
  /** The kinds of sources. */
  public enum Kind {
    /** Environment variables with the secret of an application. */
    ENVIRONMENT,
    /** The identity of a machine in Azure. */
    MANAGED_IDENTITY,
    /** The command az. */
    AZ
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ENVIRONMENT -> "the environment variables AZURE_*";
      case MANAGED_IDENTITY -> "the managed identity of this machine";
      case AZ -> "az";
    };
  }
}

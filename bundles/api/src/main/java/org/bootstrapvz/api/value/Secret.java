/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.value;

import java.util.Objects;

/** A text that must not be shown. Prints as asterisks. Immutable. */
public final class Secret {
  /** The text that is shown instead of a secret. */
  public static final String MASK = "******";

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value);
  }

  /** Returns the secret with this text. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** Returns a text with asterisks in place of secrets, as far as they stand in it unchanged. */
  public static String masked(String text, Iterable<Secret> secrets) {
    String masked = text;
    for (Secret secret : secrets) {
      if (!secret.value.isEmpty()) {
        masked = masked.replace(secret.value, MASK);
      }
    }
    return masked;
  }

  /** Returns the text; keep it out of logs, messages and arguments of commands. */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}

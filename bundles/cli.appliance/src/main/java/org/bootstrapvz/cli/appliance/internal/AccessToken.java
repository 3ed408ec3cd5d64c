/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.regex.Pattern;
import org.bootstrapvz.api.value.Secret;

/** Reads tokens. */
final class AccessToken {
  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,4096}");

  private AccessToken() {}

  /**
   * A token; white space around it does not belong to it.
   *
   * @param source where it comes from, for the message if it is none
   */
  static Secret of(String text, String source) throws ApplianceException {
    String token = text.strip();
    if (!VALID.matcher(token).matches()) {
      throw new ApplianceException(
          source + (token.isEmpty() ? " is empty" : " is not a token") + "; expected one word");
    }
    return Secret.of(token);
  }
}

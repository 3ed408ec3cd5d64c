/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.ovf;

import java.util.Random;

/**
 * The address of a network card.
 *
 * @param text 12 hexadecimal digits in upper case, without separators
 */
public record MacAddress(String text) {
  private static final String VIRTUALBOX = "080027";

  /**
   * Creates an address.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  public MacAddress {
    if (!text.matches("[0-9A-F]{12}")) {
      throw new IllegalArgumentException("Not 12 hexadecimal digits: " + text);
    }
  }

  /** Returns a random address from the range that VirtualBox uses for its machines. */
  public static MacAddress ofVirtualBox(Random random) {
    return new MacAddress(VIRTUALBOX + String.format("%06X", random.nextInt(1 << 24)));
  }
}

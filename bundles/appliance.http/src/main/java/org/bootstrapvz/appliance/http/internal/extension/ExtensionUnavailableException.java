/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.extension;

/** Code of another bundle did not answer, or is not called because it is busy. */
public final class ExtensionUnavailableException extends Exception {
  private static final long serialVersionUID = 1L;

  ExtensionUnavailableException(String message) {
    super(message, null, false, false);
  }
}

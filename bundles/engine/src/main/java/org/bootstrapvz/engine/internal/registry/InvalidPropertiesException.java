/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

/** The service properties of a task or of a type are invalid. */
final class InvalidPropertiesException extends Exception {
  private static final long serialVersionUID = 1;

  private final String defect;

  /**
   * @param defect the defect, as the end of a sentence that starts with the service
   */
  InvalidPropertiesException(String defect) {
    super(defect);
    this.defect = defect;
  }

  String defect() {
    return defect;
  }
}

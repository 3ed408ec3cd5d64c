/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

/** The build was cancelled while a task was running. */
public final class BuildCancelledException extends BuildException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the message {@code Cancelled}. */
  public BuildCancelledException() {
    super("Cancelled");
  }
}

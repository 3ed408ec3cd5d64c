/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.Refusal;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.Server;

/** A service of AWS refused a request. */
public final class AwsException extends BuildException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * Describes a response.
   *
   * @param what what the service does not do: {@code does not register the image}
   * @param remedy what a user does; empty if the message of the service is enough
   */
  public AwsException(Server server, String what, Response response, String remedy) {
    super(
        Refusal.describe(server, what, response, AwsError.of(response).toString())
            + (remedy.isEmpty() ? "" : ". " + remedy));
    this.code = AwsError.of(response).code();
  }

  /** Returns the kind of error; empty if the service named none. */
  public String code() {
    return code;
  }
}

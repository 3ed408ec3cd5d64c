/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.docker.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import org.bootstrapvz.api.problem.BuildException;

/** Creates the message about a rejected request, with the status and the text of the registry. */
final class Refusal {
  private Refusal() {}

  static BuildException of(Destination destination, String what, RegistryResponse response) {
    return of(destination, what, response.status(), response.errors());
  }

  static BuildException of(Destination destination, String what, int status, String errors) {
    boolean login = status == HTTP_UNAUTHORIZED || status == HTTP_FORBIDDEN;
    return new BuildException(
        "The registry at "
            + destination.address()
            + " "
            + what
            + " (status "
            + status
            + (errors.isEmpty() ? "" : ": " + errors)
            + ")"
            + (login
                ? ". Check username and password in provider.push, or the file config names, and"
                    + " that they may push to "
                    + destination.name().repository()
                : ""));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.openstack.upload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.bootstrapvz.cloud.http.RetryPolicy;

/**
 * What an upload takes from its process.
 *
 * @param variables environment variables
 * @param directory the current directory
 * @param home the home directory of the user
 * @param retries the policy for a budget
 */
record Surroundings(
    Map<String, String> variables,
    Path directory,
    Path home,
    Function<Duration, RetryPolicy> retries) {
  static Surroundings ofThisProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home", "/")),
        RetryPolicy::within);
  }

  /** Returns the value of a variable; empty if it is not set. */
  String variable(String name) {
    return variables.getOrDefault(name, "");
  }
}

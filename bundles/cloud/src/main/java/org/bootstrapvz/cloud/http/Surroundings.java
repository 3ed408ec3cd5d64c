/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * What an upload takes from its process.
 *
 * @param variables environment variables
 * @param directory the current directory
 * @param home the home directory of the user
 * @param retries the policy for a budget
 */
public record Surroundings(
    Map<String, String> variables,
    Path directory,
    Path home,
    Function<Duration, RetryPolicy> retries) {
  /** Returns what this process has. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home", "/")),
        RetryPolicy::within);
  }

  /** Returns the value of a variable; empty if it is not set. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }
}

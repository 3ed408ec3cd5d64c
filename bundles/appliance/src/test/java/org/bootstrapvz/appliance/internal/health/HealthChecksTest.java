/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.appliance.api.operations.Health.CheckResult;
import org.bootstrapvz.appliance.api.operations.Health.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthChecksTest {
  @TempDir Path folder;

  private static CheckResult of(HealthCheck check) {
    return new HealthChecks(() -> Map.of("check", check)).checks().get("check");
  }

  private static CheckResult of(Result.Status status) {
    return of(() -> new Result(status, "why"));
  }

  @Test
  void everyStateOfAFelixHealthCheckIsOneOfThree() {
    assertEquals(new CheckResult(Status.OK, "why"), of(Result.Status.OK));
    assertEquals(new CheckResult(Status.WARN, "why"), of(Result.Status.WARN));
    assertEquals(
        new CheckResult(Status.CRITICAL, "why"), of(Result.Status.TEMPORARILY_UNAVAILABLE));
    assertEquals(new CheckResult(Status.CRITICAL, "why"), of(Result.Status.CRITICAL));
    assertEquals(new CheckResult(Status.CRITICAL, "why"), of(Result.Status.HEALTH_CHECK_ERROR));
  }

  @Test
  void aCheckThatThrowsIsCritical() {
    assertEquals(
        new CheckResult(Status.CRITICAL, "The check failed: java.lang.IllegalStateException: oops"),
        of(
            () -> {
              throw new IllegalStateException("oops");
            }));
  }

  private static ExtensionInfo jar(String name, ExtensionInfo.State state, String missing) {
    return new ExtensionInfo(ExtensionInfo.Kind.BUNDLE, name, "", "", "", state, missing);
  }

  @Test
  void aJarThatCannotBeUsedIsAWarningThatSaysWhy() {
    ExtensionInfo good = jar("good.jar", ExtensionInfo.State.ACTIVE, "");
    ExtensionInfo bad = jar("bad.jar", ExtensionInfo.State.REFUSED, "it is no jar");
    ExtensionInfo waiting = jar("waiting.jar", ExtensionInfo.State.WAITING, "it waits for com.x");

    assertEquals(
        new CheckResult(Status.OK, ""), of(new DeployFolderCheck(() -> List.of(good), folder)));
    assertEquals(
        new CheckResult(Status.WARN, "bad.jar: it is no jar; waiting.jar: it waits for com.x"),
        of(new DeployFolderCheck(() -> List.of(good, bad, waiting), folder)));
  }

  @Test
  void aDeployFolderThatIsMissingIsAWarning() {
    Path missing = folder.resolve("missing");

    assertEquals(
        new CheckResult(
            Status.WARN, "The deploy folder " + missing + " is missing or cannot be read"),
        of(new DeployFolderCheck(List::of, missing)));
  }
}

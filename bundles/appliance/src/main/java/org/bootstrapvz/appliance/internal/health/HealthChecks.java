/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.health;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.apache.felix.hc.api.ResultLog;
import org.bootstrapvz.appliance.api.operations.Health;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Asks all Felix health checks that have a name, also those of plugins. Not with the executor of
 * Felix, which needs EventAdmin and brings threads and schedules of its own: these checks answer at
 * once from what is known anyway.
 */
@Component(service = Health.class)
public final class HealthChecks implements Health {
  private final Supplier<Map<String, HealthCheck>> named;

  /** Called by the container. */
  @Activate
  public HealthChecks(BundleContext context) {
    this(() -> named(context));
  }

  /** With these checks. */
  public HealthChecks(Supplier<Map<String, HealthCheck>> named) {
    this.named = named;
  }

  private static Map<String, HealthCheck> named(BundleContext context) {
    Map<String, HealthCheck> checks = new TreeMap<>();
    try {
      for (ServiceReference<HealthCheck> reference :
          context.getServiceReferences(HealthCheck.class, "(" + HealthCheck.NAME + "=*)")) {
        HealthCheck check = context.getService(reference);
        if (check != null) {
          checks.put(reference.getProperty(HealthCheck.NAME).toString(), check);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
    return checks;
  }

  @Override
  public Map<String, CheckResult> checks() {
    Map<String, CheckResult> found = new TreeMap<>();
    named.get().forEach((name, check) -> found.put(name, ask(check)));
    return found;
  }

  private static CheckResult ask(HealthCheck check) {
    try {
      Result result = check.execute();
      Status status =
          switch (result.getStatus()) {
            case OK -> Status.OK;
            case WARN -> Status.WARN;
            default -> Status.CRITICAL;
          };
      return new CheckResult(
          status,
          StreamSupport.stream(result.spliterator(), false)
              .map(ResultLog.Entry::getMessage)
              .collect(Collectors.joining("; ")));
    } catch (RuntimeException e) {
      return new CheckResult(Status.CRITICAL, "The check failed: " + e);
    }
  }
}

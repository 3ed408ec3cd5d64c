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
public final class Health {
  private final Supplier<Map<String, HealthCheck>> named;

  /** Called by the container. */
  @Activate
  public Health(BundleContext context) {
    this(() -> named(context));
  }

  /** With these checks. */
  public Health(Supplier<Map<String, HealthCheck>> named) {
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

  /** How well something is, from the best to the worst. */
  public enum Status {
    /** It works. */
    OK,
    /** It may not for long, or only in part. */
    WARN,
    /** It does not. */
    CRITICAL
  }

  /**
   * What a check found.
   *
   * @param message what an operator should know; may be empty
   */
  public record Found(Status status, String message) {}

  /** What each check finds now, by name. */
  public Map<String, Found> checks() {
    Map<String, Found> found = new TreeMap<>();
    named.get().forEach((name, check) -> found.put(name, ask(check)));
    return found;
  }

  private static Found ask(HealthCheck check) {
    try {
      Result result = check.execute();
      Status status =
          switch (result.getStatus()) {
            case OK -> Status.OK;
            case WARN -> Status.WARN;
            default -> Status.CRITICAL;
          };
      return new Found(
          status,
          StreamSupport.stream(result.spliterator(), false)
              .map(ResultLog.Entry::getMessage)
              .collect(Collectors.joining("; ")));
    } catch (RuntimeException e) {
      return new Found(Status.CRITICAL, "The check failed: " + e);
    }
  }
}

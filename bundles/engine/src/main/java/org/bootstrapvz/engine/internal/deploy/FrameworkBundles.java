/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.bootstrapvz.resolution.internal.UnresolvedBundle;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** The bundles of the framework. */
final class FrameworkBundles implements Bundles {
  private static final long REFRESH_SECONDS = 60;

  private final BundleContext context;
  private final BundleStarter starter;
  private final InstalledJars jars;
  private final ActivationCheck activation;

  FrameworkBundles(BundleContext context, BundleStarter starter, InstalledJars jars) {
    this.context = context;
    this.starter = starter;
    this.jars = jars;
    this.activation = new ActivationCheck(context);
  }

  @Override
  public long install(String location, byte[] content) throws BundleException {
    try {
      jars.keep(location, content);
    } catch (IOException e) {
      throw new BundleException("No copy of it can be written: " + e.getMessage(), e);
    }
    return context.installBundle(location, new ByteArrayInputStream(content)).getBundleId();
  }

  @Override
  public Optional<StartFailure> start(long id) {
    Bundle bundle = context.getBundle(id);
    return bundle.getState() == Bundle.ACTIVE && !isStarting(id)
        ? Optional.empty()
        : starter.run(id, () -> start(bundle));
  }

  /** Transient, so that the framework does not start it again before the directory is read. */
  private Optional<StartFailure> start(Bundle bundle) {
    try {
      bundle.start(Bundle.START_TRANSIENT);
      return activation.failure(bundle).map(failure -> new StartFailure(failure, true));
    } catch (BundleException e) {
      List<String> missing = new UnresolvedBundle(bundle, context).reasons();
      return Optional.of(
          missing.isEmpty()
              ? new StartFailure(
                  "cannot be started: " + firstLine(e),
                  e.getType() == BundleException.ACTIVATOR_ERROR)
              : new StartFailure(String.join(" and ", missing), false));
    }
  }

  @Override
  public boolean isStarting(long bundle) {
    return starter.isRunning(bundle);
  }

  @Override
  public Description describe(long id) {
    Bundle bundle = context.getBundle(id);
    return new Description(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        offered(bundle, "org.bootstrapvz.provider"),
        offered(bundle, "org.bootstrapvz.plugin"));
  }

  /**
   * The capability of a provider or plugin has its name as the attribute named like the namespace.
   */
  private static List<String> offered(Bundle bundle, String namespace) {
    BundleRevision revision = bundle.adapt(BundleRevision.class);
    return revision == null
        ? List.of()
        : revision.getDeclaredCapabilities(namespace).stream()
            .map(capability -> capability.getAttributes().get(namespace))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .toList();
  }

  @Override
  public Set<Long> withDependents(long id) {
    return wiring().getDependencyClosure(List.of(context.getBundle(id))).stream()
        .map(Bundle::getBundleId)
        .collect(Collectors.toSet());
  }

  @Override
  public void remove(long id) throws BundleException {
    Bundle bundle = context.getBundle(id);
    bundle.uninstall();
    jars.forget(bundle.getLocation());
    if (!wiring().getRemovalPendingBundles().contains(bundle)) {
      return;
    }
    CountDownLatch refreshed = new CountDownLatch(1);
    wiring().refreshBundles(List.of(bundle), event -> refreshed.countDown());
    try {
      if (!refreshed.await(REFRESH_SECONDS, TimeUnit.SECONDS)) {
        throw new BundleException(
            "The bundles that depend on " + bundle.getSymbolicName() + " did not restart in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private FrameworkWiring wiring() {
    return context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).adapt(FrameworkWiring.class);
  }

  /** The first line of the message of an exception, or of that of its cause. */
  static String firstLine(BundleException e) {
    Throwable cause = e;
    if (e.getType() == BundleException.ACTIVATOR_ERROR && e.getCause() != null) {
      cause = e.getCause();
    }
    return Optional.ofNullable(cause.getMessage())
        .flatMap(message -> message.lines().findFirst())
        .orElse(cause.getClass().getSimpleName());
  }
}

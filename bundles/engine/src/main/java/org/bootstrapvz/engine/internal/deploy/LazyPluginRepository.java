/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.repository.RepositoryException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceObjects;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Delegates to the repository in the directory {@code installer}. Its bundles are started at the
 * first call, since few commands need them.
 *
 * <p>Starting the bundles is limited in time, as is {@link #isOffered}, which is called while a
 * manifest is planned. The other operations take as long as a download takes; the repository limits
 * each of its requests, and an interrupt ends them.
 */
@Component(property = "service.ranking:Integer=100")
public final class LazyPluginRepository implements PluginRepository {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(10);

  private final BundleContext context;
  private final PluginSettings settings;
  private final Duration startTimeout;
  private final Duration lookupTimeout;

  /** An operation of the repository. */
  private interface Operation<T> {
    T run(PluginRepository repository)
        throws RepositoryException, IOException, InterruptedException;
  }

  /** Called by the container. */
  @Activate
  public LazyPluginRepository(BundleContext context) {
    this(context, START_TIMEOUT, LOOKUP_TIMEOUT);
  }

  LazyPluginRepository(BundleContext context, Duration startTimeout, Duration lookupTimeout) {
    this.context = context;
    this.settings = PluginSettings.of(context);
    this.startTimeout = startTimeout;
    this.lookupTimeout = lookupTimeout;
  }

  @Override
  public List<Offer> offers(List<String> addresses, Consumer<String> warnings)
      throws RepositoryException, IOException, InterruptedException {
    List<String> asked = configured(addresses);
    return call(repository -> repository.offers(asked, warnings));
  }

  @Override
  public boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses) {
    try {
      List<String> asked = addresses.isEmpty() ? settings.repositories() : addresses;
      return !asked.isEmpty()
          && BoundedCall.run(
              "bootstrapvz-repository",
              lookupTimeout,
              () -> call(repository -> repository.isOffered(kind, name, asked)));
    } catch (IOException | ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public List<InstalledJar> install(
      List<String> wanted, List<String> addresses, Consumer<String> notes)
      throws RepositoryException, IOException, InterruptedException {
    List<String> asked = configured(addresses);
    return call(repository -> repository.install(wanted, asked, notes));
  }

  @Override
  public List<InstalledJar> remove(List<String> names) throws RepositoryException, IOException {
    return callUninterrupted(repository -> repository.remove(names));
  }

  @Override
  public List<Offer> index(Path folder, Optional<IndexSigning> signing, Consumer<String> notes)
      throws RepositoryException, IOException {
    return callUninterrupted(repository -> repository.index(folder, signing, notes));
  }

  private List<String> configured(List<String> addresses) throws RepositoryException, IOException {
    List<String> asked = addresses.isEmpty() ? settings.repositories() : addresses;
    if (asked.isEmpty()) {
      throw new RepositoryException(
          "No plugin repository is configured; set one with --repository=DIRECTORY|URL, or in "
              + settings.file()
              + " (repositories = ...)");
    }
    return asked;
  }

  /** Calls the repository, and releases its service in any case. */
  private <T> T call(Operation<T> operation)
      throws RepositoryException, IOException, InterruptedException {
    ServiceObjects<PluginRepository> services = context.getServiceObjects(installer());
    PluginRepository repository =
        services == null
            ? null
            : bounded(() -> Optional.ofNullable(services.getService())).orElse(null);
    if (services == null || repository == null) {
      throw new RepositoryException(
          "The plugin installer in " + directory() + " cannot be activated");
    }
    try {
      return operation.run(repository);
    } finally {
      services.ungetService(repository);
    }
  }

  /** Calls an operation that is not declared to be interruptible. */
  private <T> T callUninterrupted(Operation<T> operation) throws RepositoryException, IOException {
    try {
      return call(operation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RepositoryException("The plugin installer was interrupted", e);
    }
  }

  private synchronized ServiceReference<PluginRepository> installer()
      throws RepositoryException, IOException, InterruptedException {
    if (registered().isEmpty()) {
      bounded(
          () -> {
            startBundles();
            return true;
          });
    }
    return registered()
        .orElseThrow(
            () ->
                new RepositoryException(
                    "The bundles in " + directory() + " do not provide the plugin installer"));
  }

  private Optional<ServiceReference<PluginRepository>> registered() {
    try {
      return context
          .getServiceReferences(PluginRepository.class, "(bootstrapvz.installer=true)")
          .stream()
          .findFirst();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> T bounded(Callable<T> code)
      throws RepositoryException, IOException, InterruptedException {
    try {
      return BoundedCall.run("bootstrapvz-installer", startTimeout, code);
    } catch (TimeoutException e) {
      throw new RepositoryException(
          "The plugin installer did not start within " + startTimeout.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RepositoryException refused) {
        throw refused;
      }
      throw new RepositoryException("The plugin installer does not start: " + e.getCause(), e);
    }
  }

  private void startBundles() throws RepositoryException {
    List<Bundle> bundles = new ArrayList<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory(), "*.jar")) {
      for (Path jar : jars) {
        bundles.add(context.installBundle("reference:" + jar.toUri()));
      }
      for (Bundle bundle : bundles) {
        bundle.start(Bundle.START_TRANSIENT);
      }
    } catch (IOException e) {
      throw new RepositoryException(
          "The plugin installer is missing: the distribution has no directory " + directory(), e);
    } catch (BundleException e) {
      throw new RepositoryException(
          "The plugin installer does not start: " + FrameworkBundles.firstLine(e), e);
    }
  }

  private Path directory() {
    return Path.of(String.valueOf(context.getProperty("bootstrapvz.home")), "installer");
  }
}

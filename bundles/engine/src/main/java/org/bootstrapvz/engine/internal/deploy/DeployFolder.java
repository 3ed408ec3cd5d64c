/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.fileinstall.ArtifactInstaller;
import org.bootstrapvz.api.extension.DeployListener;
import org.bootstrapvz.api.repository.DeployCheck;
import org.bootstrapvz.api.repository.SignerCheck;
import org.bootstrapvz.engine.internal.registry.Leases;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleException;
import org.osgi.framework.BundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles every jar of the deploy directory before FileInstall's own handler, which would update a
 * plugin that a build is using. Immediate, because its state must outlive its users. A single
 * thread makes all changes to bundles, so that no locks are needed.
 */
@Component(
    service = {ArtifactInstaller.class, DeployFolder.class, DeployCheck.class, SignerCheck.class},
    property = "service.ranking:Integer=100",
    immediate = true)
public final class DeployFolder
    implements ArtifactInstaller, BundleListener, DeployCheck, SignerCheck {
  private static final String LOCATION = "plugin:";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(10);

  private final BundleContext context;
  private final Leases leases;
  private final BundleStarter starter;
  private final Generations generations;
  private final Signers signers;
  private final InstalledJars jars;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "bootstrapvz-deploy"));
  private final AtomicBoolean retrying = new AtomicBoolean();
  private final DeployListeners listeners = new DeployListeners();

  /** Written by the worker. */
  private volatile List<DeployedFile> status = List.of();

  @Activate
  public DeployFolder(BundleContext context, @Reference Leases leases) {
    this.context = context;
    this.leases = leases;
    this.signers = new Signers(PluginSettings.of(context));
    this.starter = new BundleStarter(START_TIMEOUT, this::removeUnusedLater);
    this.jars = new InstalledJars(context);
    this.generations =
        new Generations(
            new FrameworkBundles(context, starter, jars), leases, text -> log().warn(text));
    leases.whenReleased(this::removeUnusedLater);
    later(this::removeLeftovers);
    context.addBundleListener(this);
  }

  @Deactivate
  void stop() throws InterruptedException {
    context.removeBundleListener(this);
    leases.whenReleased(() -> {});
    worker.shutdownNow();
    starter.close();
    worker.awaitTermination(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
  }

  private void removeUnusedLater() {
    later(generations::removeUnused);
  }

  /** Removes the bundles of an earlier run of the framework; the directory is read again. */
  private void removeLeftovers() {
    for (Bundle bundle : context.getBundles()) {
      if (bundle.getLocation().startsWith(LOCATION)) {
        try {
          bundle.uninstall();
        } catch (BundleException e) {
          log().warn("{} cannot be uninstalled: {}", bundle, e.getMessage());
        }
      }
    }
  }

  @Override
  public boolean canHandle(File file) {
    return file.getName().endsWith(".jar");
  }

  @Override
  public void install(File file) {
    AtomicReference<String> sha256 = new AtomicReference<>("");
    now(
        () -> {
          Jar jar = Jar.read(file.toPath(), signers);
          sha256.set(jar.sha256());
          generations.present(file.getName(), jar);
        });
    Optional<DeployedFile> now =
        status.stream().filter(each -> each.file().equals(file.getName())).findFirst();
    if (now.isPresent()) {
      String digest = Objects.requireNonNull(sha256.get());
      listeners.deployed(file.toPath(), digest, now.get().problem());
    }
  }

  /** Called by the container. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addListener(DeployListener listener) {
    listeners.add(listener);
  }

  void removeListener(DeployListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void update(File file) {
    install(file);
  }

  @Override
  public void uninstall(File file) {
    now(() -> generations.absent(file.getName()));
    listeners.removed(file.toPath());
  }

  /** Another bundle may provide, or no longer provide, what bundles of the directory import. */
  @Override
  public void bundleChanged(BundleEvent event) {
    boolean matters =
        switch (event.getType()) {
          case BundleEvent.INSTALLED, BundleEvent.RESOLVED, BundleEvent.UNRESOLVED -> true;
          default -> false;
        };
    if (matters && !status.isEmpty() && retrying.compareAndSet(false, true)) {
      later(
          () -> {
            retrying.set(false);
            generations.retry();
          });
    }
  }

  @Override
  public Optional<String> refusal(Path jar) {
    return Jar.read(jar, signers).refusal();
  }

  @Override
  public Indexes indexes() throws IOException {
    return signers.indexes();
  }

  @Override
  public Optional<String> distrust(List<X509Certificate> path) throws IOException {
    return signers.distrust(path);
  }

  /** The jar from which a bundle was installed; empty if that was not a file of the directory. */
  public Optional<Path> jar(long bundle) {
    return jars.of(bundle);
  }

  /** The state of each file of the directory. */
  List<DeployedFile> status() {
    return status;
  }

  /** Runs a change on the worker and waits for it, unless the component is being stopped. */
  private void now(Runnable change) {
    try {
      later(change).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private Future<?> later(Runnable change) {
    try {
      return worker.submit(() -> changed(change));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /**
   * Only fails because of a bug in this class. This must be logged, since most callers do not wait
   * for the result.
   */
  private void changed(Runnable change) {
    try {
      change.run();
      status = generations.status();
    } catch (RuntimeException e) {
      log().error("Internal error while processing the deploy directory", e);
    }
  }

  /** Created when it is used: most commands log nothing, and setting up a logger takes time. */
  private static Logger log() {
    return LoggerFactory.getLogger(DeployFolder.class);
  }
}

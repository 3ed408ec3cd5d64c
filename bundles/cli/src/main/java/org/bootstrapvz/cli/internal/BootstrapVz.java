/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.bootstrapvz.api.build.Builder;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.manifest.ManifestMigration;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.cli.Terminal;
import org.osgi.service.component.ComponentServiceObjects;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The command line. The launcher calls it on its main thread; what it returns is the exit status.
 * The services are obtained only by the commands that need them, which keeps the others quick.
 */
@Component(service = Callable.class, property = "main.thread:Boolean=true")
public final class BootstrapVz implements Callable<Integer> {
  private final Supplier<List<String>> arguments;
  private final ComponentServiceObjects<Planner> planners;
  private final ComponentServiceObjects<Builder> builders;
  private final ComponentServiceObjects<ExtensionCatalog> catalogs;
  private final ComponentServiceObjects<PluginRepository> repositories;
  private final ComponentServiceObjects<ManifestMigration> migrations;
  private final ComponentServiceObjects<ManifestSchema> schemas;

  /** Called by the container. */
  @Activate
  public BootstrapVz(
      @Reference(target = "(launcher.arguments=true)") Supplier<List<String>> arguments,
      @Reference ComponentServiceObjects<Planner> planners,
      @Reference ComponentServiceObjects<Builder> builders,
      @Reference ComponentServiceObjects<ExtensionCatalog> catalogs,
      @Reference ComponentServiceObjects<PluginRepository> repositories,
      @Reference ComponentServiceObjects<ManifestMigration> migrations,
      @Reference ComponentServiceObjects<ManifestSchema> schemas) {
    this.arguments = arguments;
    this.planners = planners;
    this.builders = builders;
    this.catalogs = catalogs;
    this.repositories = repositories;
    this.migrations = migrations;
    this.schemas = schemas;
  }

  @Override
  public Integer call() {
    return new Program(
            planners::getService,
            builders::getService,
            catalogs::getService,
            repositories::getService,
            migrations::getService,
            schemas::getService,
            Terminal.ofProcess(),
            System.getProperty("bootstrapvz.log", "/var/log/bootstrap-vz"))
        .run(arguments.get());
  }
}

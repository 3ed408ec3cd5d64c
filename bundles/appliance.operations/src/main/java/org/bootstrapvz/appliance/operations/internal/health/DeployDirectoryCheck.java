/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.health;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that every jar in the deploy directory can be used. */
@Component(property = HealthCheck.NAME + "=deploy")
public final class DeployDirectoryCheck implements HealthCheck {
  private final ExtensionCatalog catalog;
  private final Path directory;

  /** Called by the container. */
  @Activate
  public DeployDirectoryCheck(BundleContext context, @Reference ExtensionCatalog catalog) {
    this(catalog, Path.of(context.getProperty("bootstrapvz.deploy")));
  }

  DeployDirectoryCheck(ExtensionCatalog catalog, Path directory) {
    this.catalog = catalog;
    this.directory = directory;
  }

  @Override
  public Result execute() {
    if (!Files.isReadable(directory)) {
      return new Result(
          Result.Status.WARN, "The deploy directory " + directory + " is missing or not readable");
    }
    List<String> unusable =
        catalog.extensions().stream()
            .filter(
                info ->
                    info.state() == ExtensionInfo.State.WAITING
                        || info.state() == ExtensionInfo.State.REFUSED
                        || info.state() == ExtensionInfo.State.SET_ASIDE)
            .map(info -> info.name() + ": " + info.missing())
            .toList();
    return unusable.isEmpty()
        ? new Result(Result.Status.OK, "")
        : new Result(Result.Status.WARN, String.join("; ", unusable));
  }
}

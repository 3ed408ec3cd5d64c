/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.health;

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

/** Whether every jar in the deploy folder can be used. */
@Component(property = HealthCheck.NAME + "=deploy")
public final class DeployFolderCheck implements HealthCheck {
  private final ExtensionCatalog catalog;
  private final Path folder;

  /** Called by the container. */
  @Activate
  public DeployFolderCheck(BundleContext context, @Reference ExtensionCatalog catalog) {
    this(catalog, Path.of(context.getProperty("bootstrapvz.deploy")));
  }

  DeployFolderCheck(ExtensionCatalog catalog, Path folder) {
    this.catalog = catalog;
    this.folder = folder;
  }

  @Override
  public Result execute() {
    if (!Files.isReadable(folder)) {
      return new Result(
          Result.Status.WARN, "The deploy folder " + folder + " is missing or cannot be read");
    }
    List<String> unusable =
        catalog.extensions().stream()
            .filter(
                info ->
                    info.state() == ExtensionInfo.State.WAITING
                        || info.state() == ExtensionInfo.State.REFUSED)
            .map(info -> info.name() + ": " + info.missing())
            .toList();
    return unusable.isEmpty()
        ? new Result(Result.Status.OK, "")
        : new Result(Result.Status.WARN, String.join("; ", unusable));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.PlanLease;
import org.bootstrapvz.api.plan.PlanLeases;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.engine.internal.deploy.DeployFolder;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans for callers that do not run the tasks themselves. */
@Component
public final class PlannerService implements Planner, PlanLeases {
  private final LeasedPlanner planner;
  private final ManifestReader reader;
  private final DeployFolder folder;

  @Activate
  public PlannerService(
      @Reference LeasedPlanner planner,
      @Reference ManifestReader reader,
      @Reference DeployFolder folder) {
    this.planner = planner;
    this.reader = reader;
    this.folder = folder;
  }

  @Override
  public Planning plan(ManifestSource manifest) {
    try (LeasedPlan leased = planner.plan(manifest)) {
      return leased.planning();
    }
  }

  @Override
  public List<ManifestSource> rows(ManifestSource manifest) {
    return reader.rows(manifest);
  }

  @Override
  public PlanLease lease(ManifestSource manifest) {
    LeasedPlan leased = planner.plan(manifest);
    return new PlanLease() {
      @Override
      public Planning planning() {
        return leased.planning();
      }

      @Override
      public List<Path> jars() {
        return leased.bundles().stream()
            .sorted()
            .map(folder::jar)
            .flatMap(Optional::stream)
            .toList();
      }

      @Override
      public void close() {
        leased.close();
      }
    };
  }
}

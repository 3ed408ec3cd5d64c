/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.VolumeTypeCatalog;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.appliance.api.history.Finding;
import org.bootstrapvz.document.PlanDocument;
import org.bootstrapvz.document.RootNeed;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;

/** Examines manifests with the providers, plugins and types of volumes of this appliance. */
@Component(
    service = ManifestExaminer.class,
    configurationPid = QueueSettings.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class ManifestExaminer implements Examiner {
  private final ManifestReader reader;
  private final Planner planner;
  private final ExtensionCatalog catalog;
  private final VolumeTypeCatalog types;
  private volatile QueueSettings.Isolation isolation;

  /** Called by the container. */
  @Activate
  public ManifestExaminer(
      QueueSettings settings,
      @Reference ManifestReader reader,
      @Reference Planner planner,
      @Reference ExtensionCatalog catalog,
      @Reference VolumeTypeCatalog types) {
    this(settings.isolation(), reader, planner, catalog, types);
  }

  ManifestExaminer(
      QueueSettings.Isolation isolation,
      ManifestReader reader,
      Planner planner,
      ExtensionCatalog catalog,
      VolumeTypeCatalog types) {
    this.isolation = isolation;
    this.reader = reader;
    this.planner = planner;
    this.catalog = catalog;
    this.types = types;
  }

  /** Uses changed settings. */
  @Modified
  void modified(QueueSettings settings) {
    isolation = settings.isolation();
  }

  @Override
  public Examined examine(Path file) {
    List<Problem> found = new ArrayList<>();
    Optional<Manifest> manifest =
        reader.read(ManifestSource.selfContained(file), types.volumeTypes(), found::add);
    String provider = manifest.map(ManifestExaminer::provider).orElse("");
    List<String> plugins =
        manifest
            .map(m -> List.copyOf(Requirement.entries(m, "plugins").keySet()))
            .orElse(List.of());
    List<Requirement> needs = manifest.map(Requirement::of).orElse(List.of());
    List<Requirement> missing = new ArrayList<>(needs);
    Set<String> here = offers();
    missing.removeIf(each -> here.contains(each.text()));
    Predicate<String> explained = Requirement.explaining(missing);
    boolean sound =
        found.stream()
            .filter(ManifestExaminer::isError)
            .allMatch(each -> explained.test(each.path()));
    Planning planning = withoutRoot(planner.plan(ManifestSource.selfContained(file)));
    return new Examined(
        provider,
        plugins,
        needs.stream().map(Requirement::text).collect(Collectors.toCollection(TreeSet::new)),
        // Warnings, since another appliance of the fleet may have the files.
        Stream.concat(
                planning.problems().stream(),
                planning.missingFiles(Problem.Severity.WARNING).stream())
            .map(Finding::of)
            .toList(),
        planning.plan().map(plan -> PlanDocument.withoutFile(plan).json()),
        sound && !missing.isEmpty() && !provider.isEmpty());
  }

  /** An isolated build would fail in its first task; its submitter shall learn that now. */
  private Planning withoutRoot(Planning planning) {
    if (isolation != QueueSettings.Isolation.USER
        || planning.plan().filter(RootNeed::of).isEmpty()) {
      return planning;
    }
    List<Problem> problems = new ArrayList<>(planning.problems());
    ManifestValue volume = planning.plan().get().manifest().at("volume");
    problems.add(
        new Problem(
            Problem.Severity.ERROR,
            volume.location(),
            volume.path(),
            "This image can only be made as root, because xfs, subvolumes of btrfs, and extlinux"
                + " need a mounted image and lvm a device, and this appliance runs no build as root",
            "Choose types that need neither, such as ext4, grub and qcow2, or ask the operator to set"
                + " isolation = AS_NEEDED"));
    return new Planning(Optional.empty(), problems);
  }

  private static String provider(Manifest manifest) {
    ManifestValue name = manifest.at("provider.name");
    return name.exists() && name.isScalar() ? name.text() : "";
  }

  private static boolean isError(Problem problem) {
    return problem.severity() == Problem.Severity.ERROR;
  }

  @Override
  public long volumeBytes(Path file) {
    return planner
        .plan(ManifestSource.selfContained(file))
        .plan()
        .map(
            plan ->
                plan.manifest().at("volume.partitions").entries().values().stream()
                    .filter(partition -> partition.isMap() && partition.get("size").exists())
                    .mapToLong(partition -> partition.get("size").size().count())
                    .sum())
        .orElse(0L);
  }

  @Override
  public Set<String> offers() {
    Set<String> offers = new TreeSet<>();
    for (ExtensionInfo info : catalog.extensions()) {
      if (info.state() == ExtensionInfo.State.ACTIVE && info.kind() != ExtensionInfo.Kind.BUNDLE) {
        offers.add(Requirement.text(info.kind(), info.name()));
      }
    }
    return offers;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.extension.VolumeTypeCatalog;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestMigration;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.MigratedManifest;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.problem.Suggestion;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.manifest.internal.Releases;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads a manifest, applies a {@link Migration}, and checks the result. */
@Component
public final class Migrations implements ManifestMigration {
  private final Clock clock;
  private final VolumeTypeCatalog catalog;
  private final ManifestFiles reader;
  private final Releases releases = new Releases();
  private final Names names = new Names();

  /** Uses the clock of the machine. */
  @Activate
  public Migrations(@Reference VolumeTypeCatalog catalog) {
    this(Clock.systemDefaultZone(), catalog);
  }

  Migrations(Clock clock, VolumeTypeCatalog catalog) {
    this.clock = clock;
    this.catalog = catalog;
    this.reader = new ManifestFiles(clock);
  }

  @Override
  public Optional<MigratedManifest> migrate(
      Path file, Set<String> providers, Set<String> plugins, Problems problems) {
    List<Problem> found = new ArrayList<>();
    VolumeTypes types = OriginalTypes.with(catalog.volumeTypes());
    Optional<String> text = reader.text(file, found::add);
    Optional<Manifest> manifest =
        text.flatMap(read -> reader.read(file, current(file, read, types), types, found::add));
    // The original accepted any key of the top level; unknown keys are removed below.
    found.removeIf(
        problem ->
            problem.severity() == Severity.WARNING
                || manifest.isPresent() && isUnknownTop(problem.path()));
    Installed installed = new Installed(providers, plugins);
    manifest.ifPresent(
        read -> missing(read, installed).forEach(name -> checkKnown(name, installed, found)));
    found.forEach(problems::add);
    return found.isEmpty()
        ? migrate(manifest.orElseThrow(), text.orElseThrow(), installed, types, problems)
        : Optional.empty();
  }

  /** The text in the format of the original's version 1.0, for the checks. */
  private String current(Path file, String text, VolumeTypes types) {
    boolean[] wrong = {false};
    boolean json = file.toString().endsWith(".json");
    if (reader.read(file, text, types, problem -> wrong[0] = true).isEmpty() || !wrong[0]) {
      return text;
    }
    ManifestText changed = new ManifestText(text, json);
    if (!OldFormat.is(changed.tree())) {
      return text;
    }
    Release none = releases.find("stable").orElseThrow();
    ManifestEditor editor =
        new ManifestEditor(
            file, changed, new ReleaseChange(none, none), LocalDate.now(clock), names);
    OldFormat.RULES.forEach(rule -> rule.change().accept(editor));
    return changed.changed("");
  }

  /** The names of the installed providers and plugins. */
  private record Installed(Set<String> providers, Set<String> plugins) {
    Set<String> of(String kind) {
      return kind.equals("provider") ? providers : plugins;
    }
  }

  /** A provider or plugin that a manifest names. */
  private record Named(String kind, String name, ManifestValue where) {}

  private static List<Named> missing(Manifest manifest, Installed installed) {
    List<Named> all = new ArrayList<>();
    ManifestValue provider = manifest.at("provider.name");
    if (provider.isScalar()) {
      all.add(new Named("provider", provider.text(), provider));
    }
    if (manifest.at("plugins").isMap()) {
      manifest
          .at("plugins")
          .entries()
          .forEach((name, value) -> all.add(new Named("plugin", name, value)));
    }
    all.removeIf(named -> installed.of(named.kind()).contains(named.name()));
    return all;
  }

  private static boolean isUnknownTop(String path) {
    return !path.isEmpty() && !path.contains(".") && !ReleaseRules.TOP_LEVEL.contains(path);
  }

  /** Reports a name that was not in the original either. */
  private void checkKnown(Named named, Installed installed, List<Problem> found) {
    Set<String> known = new TreeSet<>(names.original(named.kind()));
    if (known.contains(named.name())) {
      return;
    }
    known.addAll(installed.of(named.kind()));
    found.add(
        new Problem(
            Severity.ERROR,
            named.where().keyLocation(),
            named.where().path(),
            "The "
                + named.kind()
                + " \""
                + named.name()
                + "\" is not installed, and the original has none of this name",
            Suggestion.nearest(named.name(), known)
                    .map(nearest -> "Did you mean \"" + nearest + "\"? ")
                    .orElse("")
                + "Install it, or remove it from the manifest"));
  }

  private Optional<MigratedManifest> migrate(
      Manifest manifest, String before, Installed installed, VolumeTypes types, Problems problems) {
    Path file = manifest.file();
    Release stable = releases.find("stable").orElseThrow();
    Release old = manifest.release();
    Release current = old;
    if (old.compareTo(stable) < 0) {
      String name = old.name().equals(old.codename()) ? stable.codename() : stable.name();
      current = releases.find(name).orElseThrow();
    }
    ManifestText text = new ManifestText(before, file.toString().endsWith(".json"));
    ManifestEditor editor =
        new ManifestEditor(
            file, text, new ReleaseChange(old, current), LocalDate.now(clock), names);
    Migration.apply(editor);
    String after =
        text.changed(
            "Migrated from "
                + file.getFileName()
                + " to Debian "
                + current.codename()
                + "; comments starting with \"migrated:\" say what changed and why.");
    List<Problem> wrong = new ArrayList<>();
    Optional<Manifest> result = reader.read(file, after, types, wrong::add);
    wrong.removeIf(problem -> problem.severity() == Severity.WARNING);
    // A bug in a rule; the locations are those of a text that is not shown.
    for (Problem problem : wrong) {
      problems.add(
          new Problem(
              problem.severity(),
              Location.of(file),
              problem.path(),
              "After the migration: " + problem.message(),
              problem.remedy()));
    }
    return result
        .filter(sound -> wrong.isEmpty())
        .map(
            sound -> {
              Map<String, String> missing = new LinkedHashMap<>();
              missing(sound, installed)
                  .forEach(
                      named ->
                          missing.put(named.where().path(), named.kind() + " " + named.name()));
              return new MigratedManifest(
                  sound.release(), after, editor.changes(), editor.hints(), missing);
            });
  }
}

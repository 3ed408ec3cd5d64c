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
import org.bootstrapvz.manifest.internal.ManifestFiles;
import org.bootstrapvz.manifest.internal.Releases;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Reads a manifest, applies a {@link Migration}, and checks what came out. */
@Component
public final class Migrations implements ManifestMigration {
  private static final Set<String> TOP =
      Set.of("name", "provider", "bootstrapper", "system", "packages", "plugins", "volume", "tags");

  private final Clock clock;
  private final ManifestFiles reader;
  private final Releases releases = new Releases();
  private final Names names = new Names();

  /** Takes the time from the machine. */
  @Activate
  public Migrations() {
    this(Clock.systemDefaultZone());
  }

  Migrations(Clock clock) {
    this.clock = clock;
    this.reader = new ManifestFiles(clock);
  }

  @Override
  public Optional<MigratedManifest> migrate(
      Path file, Set<String> providers, Set<String> plugins, Problems problems) {
    List<Problem> found = new ArrayList<>();
    Optional<String> text = reader.text(file, found::add);
    Optional<Manifest> manifest = text.flatMap(read -> reader.read(file, read, found::add));
    // The original took any key at the top; those without a meaning are taken out below.
    found.removeIf(
        problem ->
            problem.severity() == Severity.WARNING
                || manifest.isPresent() && isUnknownTop(problem.path()));
    Installed installed = new Installed(providers, plugins);
    manifest.ifPresent(
        read -> missing(read, installed).forEach(name -> mustBeKnown(name, installed, found)));
    found.forEach(problems::add);
    return found.isEmpty()
        ? migrate(manifest.orElseThrow(), text.orElseThrow(), installed, problems)
        : Optional.empty();
  }

  /** The names of the installed providers and plugins. */
  private record Installed(Set<String> providers, Set<String> plugins) {
    Set<String> of(String kind) {
      return kind.equals("provider") ? providers : plugins;
    }
  }

  /** The name of a provider or plugin that a manifest names. */
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
    return !path.isEmpty() && !path.contains(".") && !TOP.contains(path);
  }

  /** What the original did not have either, nobody knows. */
  private void mustBeKnown(Named named, Installed installed, List<Problem> found) {
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
                + "\" is not installed, and the original had none of that name",
            Suggestion.nearest(named.name(), known)
                    .map(nearest -> "Did you mean \"" + nearest + "\"? ")
                    .orElse("")
                + "Install it, or take it out of the manifest"));
  }

  private Optional<MigratedManifest> migrate(
      Manifest manifest, String before, Installed installed, Problems problems) {
    Path file = manifest.file();
    Release stable = releases.find("stable").orElseThrow();
    Release old = manifest.release();
    Release current = old;
    if (old.compareTo(stable) < 0) {
      String name = old.name().equals(old.codename()) ? stable.codename() : stable.name();
      current = releases.find(name).orElseThrow();
    }
    ManifestText text = new ManifestText(before, file.toString().endsWith(".json"));
    Migration migration = new Migration(file, text, old, current, LocalDate.now(clock), names);
    migration.run(TOP);
    String after =
        text.changed(
            "Migrated from "
                + file.getFileName()
                + " to Debian "
                + current.codename()
                + "; the comments that begin with \"migrated:\" say what changed and why.");
    List<Problem> wrong = new ArrayList<>();
    Optional<Manifest> result = reader.read(file, after, wrong::add);
    wrong.removeIf(problem -> problem.severity() == Severity.WARNING);
    // A mistake of ours; the places are those of a text that nobody has.
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
                  sound.release(), after, migration.changes(), migration.hints(), missing);
            });
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.service.component.annotations.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads manifests from YAML and JSON files. */
@Component
public final class ManifestFiles implements ManifestReader {
  private static final URL SCHEMA = ManifestFiles.class.getResource("schema.json");

  private final Clock clock;
  private final Releases releases = new Releases();
  private final Schemas compiled = new Schemas();
  private final SchemaChecks schemas = new SchemaChecks(compiled);
  private final Composer composer = new Composer(compiled);

  /** Takes the time from the machine. */
  public ManifestFiles() {
    this(Clock.systemDefaultZone());
  }

  /** Takes the time from a clock. */
  public ManifestFiles(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Manifest> read(ManifestSource source, VolumeTypes types, Problems problems) {
    return text(source.file(), problems).flatMap(text -> read(source, text, types, problems));
  }

  @Override
  public List<ManifestSource> rows(ManifestSource source) {
    return text(source.file(), problem -> {})
        .map(text -> composer.rows(source, text).stream().map(source::withRow).toList())
        .orElse(List.of(source));
  }

  /** Reads a text as the content of a file, which must contain the whole manifest. */
  public Optional<Manifest> read(Path file, String text, VolumeTypes types, Problems problems) {
    return read(ManifestSource.selfContained(file), text, types, problems);
  }

  private Optional<Manifest> read(
      ManifestSource source, String text, VolumeTypes types, Problems problems) {
    LimitedProblems found = new LimitedProblems(source.file());
    Optional<Manifest> manifest =
        composer
            .compose(source, text, found)
            .map(composed -> check(source.file(), composed, types, found));
    found.report(problems);
    return manifest;
  }

  @Override
  public Manifest check(Manifest manifest, String path, URL schema, Problems problems) {
    LimitedProblems found = new LimitedProblems(manifest.file());
    found.mask(manifest.secrets());
    Manifest checked = schemas.check((ManifestDocument) manifest, manifest.at(path), schema, found);
    found.report(problems);
    return checked;
  }

  @Override
  public Manifest restore(ManifestContent content, VolumeTypes types) {
    Value root = Value.root(Node.of(content.root()));
    return new ManifestDocument(
        content.file(),
        content.directory(),
        false,
        root,
        Optional.of(content.release()),
        new Variables(root, content.time()),
        types,
        content.secrets(),
        content.hostFiles());
  }

  @Override
  public String schema(VolumeTypes types) {
    try {
      ObjectNode schema = (ObjectNode) Schemas.read(SCHEMA, types);
      JsonNode composition = Schemas.read(CompositionChecks.SCHEMA);
      for (String part : List.of("properties", "$defs")) {
        ((ObjectNode) schema.get(part)).setAll((ObjectNode) composition.get(part));
      }
      return SchemaText.of(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String schema(URL schema, VolumeTypes types) throws IOException {
    return SchemaText.of(Schemas.read(schema, types));
  }

  private Manifest check(
      Path file, Composer.Composed composed, VolumeTypes types, LimitedProblems found) {
    Value root = Value.root(composed.root());
    found.mask(composed.secrets());
    LocalDateTime now = LocalDateTime.now(clock);
    ManifestValue name = root.get("system").get("release");
    Optional<Release> release =
        Optional.of(name).filter(ManifestValue::isScalar).flatMap(v -> releases.named(v.text()));
    ManifestDocument manifest =
        schemas.check(
            ManifestDocument.of(
                file, composed.isComposed(), root, release, new Variables(root, now), types),
            root,
            SCHEMA,
            found);
    BaseChecks checks = new BaseChecks(manifest, found);
    checks.release(release, releases, now.toLocalDate());
    new BootChecks(manifest, found).run();
    checks.partitions();
    Formats formats = new Formats(manifest.variables(), found);
    formats.checkKeys(manifest.at("packages.sources"));
    formats.checkKeys(manifest.at("packages.preferences"));
    new AptChecks(manifest, release, found).run();
    new SnapshotChecks(manifest, found).run(now);
    return manifest
        .withSecrets(composed.secrets())
        .withSecrets(AptChecks.passwords(manifest))
        .withHostFiles(HostFiles.localPackages(manifest))
        .withHostFiles(HostFiles.keys(manifest));
  }

  /** The text of a manifest file, without a byte order mark; empty if it cannot be read. */
  public Optional<String> text(Path file, Problems problems) {
    LimitedProblems found = new LimitedProblems(file);
    Optional<String> text = read(file, found);
    found.report(problems);
    return text;
  }

  private static Optional<String> read(Path file, Problems found) {
    try {
      return Optional.of(DocumentFile.text(file, LayerFiles.KIND));
    } catch (DocumentFile.UnreadableException e) {
      found.add(new Problem(Severity.ERROR, Location.of(file), "", e.problem, e.remedy));
      return Optional.empty();
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.osgi.service.component.annotations.Component;

/** Reads manifests from YAML and JSON files. */
@Component
public final class ManifestFiles implements ManifestReader {
  private static final URL SCHEMA = ManifestFiles.class.getResource("schema.json");

  private final Clock clock;
  private final Releases releases = new Releases();
  private final SchemaChecks schemas = new SchemaChecks();

  /** Takes the time from the machine. */
  public ManifestFiles() {
    this(Clock.systemDefaultZone());
  }

  /** Takes the time from a clock. */
  public ManifestFiles(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Optional<Manifest> read(Path file, VolumeTypes types, Problems problems) {
    return text(file, problems).flatMap(text -> read(file, text, types, problems));
  }

  /** Reads a text as the content of a file. */
  public Optional<Manifest> read(Path file, String text, VolumeTypes types, Problems problems) {
    LimitedProblems found = new LimitedProblems();
    Optional<Manifest> manifest =
        parse(file, text, found).map(root -> check(file, root, types, found));
    found.report(problems);
    return manifest;
  }

  @Override
  public Manifest check(Manifest manifest, String path, URL schema, Problems problems) {
    LimitedProblems found = new LimitedProblems();
    Manifest checked = schemas.check((ManifestDocument) manifest, manifest.at(path), schema, found);
    found.report(problems);
    return checked;
  }

  @Override
  public Manifest restore(ManifestContent content, VolumeTypes types) {
    Value root = Value.root(content.file(), Node.of(content.root()));
    return new ManifestDocument(
        content.file(),
        content.directory(),
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
      return schema(SCHEMA, types);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String schema(URL schema, VolumeTypes types) throws IOException {
    return SchemaText.of(Schemas.read(schema, types));
  }

  private Manifest check(Path file, Value root, VolumeTypes types, Problems found) {
    LocalDateTime now = LocalDateTime.now(clock);
    ManifestValue name = root.get("system").get("release");
    Optional<Release> release =
        Optional.of(name).filter(ManifestValue::isScalar).flatMap(v -> releases.named(v.text()));
    ManifestDocument manifest =
        schemas.check(
            ManifestDocument.of(file, root, release, new Variables(root, now), types),
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
        .withSecrets(AptChecks.passwords(manifest))
        .withHostFiles(HostFiles.localPackages(manifest))
        .withHostFiles(HostFiles.keys(manifest));
  }

  private static Optional<Value> parse(Path file, String text, Problems found) {
    boolean json = file.toString().endsWith(".json");
    Consumer<Duplicate> duplicates =
        duplicate ->
            found.add(
                new Problem(
                    Severity.ERROR,
                    new Location(file, duplicate.second().line(), duplicate.second().column()),
                    "",
                    "The key `"
                        + duplicate.key()
                        + "` is a duplicate; it is already defined in line "
                        + duplicate.first().line(),
                    "Remove one of them"));
    Node document;
    try {
      document = json ? JsonText.parse(text, duplicates) : YamlText.parse(text, duplicates);
      ForbiddenCharacters.check(document);
    } catch (SyntaxException e) {
      found.add(
          new Problem(
              Severity.ERROR,
              new Location(file, e.mark.line(), e.mark.column()),
              "",
              String.valueOf(e.getMessage()),
              e.remedy));
      return Optional.empty();
    }
    if (document == null || !Value.root(file, document).exists()) {
      return refuse(
          found,
          file,
          "The file is empty",
          "Write a manifest: a map with name, provider, bootstrapper, system and volume");
    }
    if (!(document instanceof Node.Mapping)) {
      found.add(
          new Problem(
              Severity.ERROR,
              new Location(file, document.mark().line(), document.mark().column()),
              "",
              "A manifest is a map, but this is "
                  + (document instanceof Node.Sequence ? "a list" : "a single value"),
              "Start with keys such as name: and provider:"));
      return Optional.empty();
    }
    return Optional.of(Value.root(file, document));
  }

  /** The text of a manifest file, without a byte order mark; empty if it cannot be read. */
  public Optional<String> text(Path file, Problems problems) {
    LimitedProblems found = new LimitedProblems();
    Optional<String> text = read(file, found);
    found.report(problems);
    return text;
  }

  private static Optional<String> read(Path file, Problems found) {
    if (!Files.exists(file)) {
      return refuse(found, file, "There is no such file", "Check the path of the manifest");
    }
    if (Files.isDirectory(file)) {
      return refuse(found, file, "This is a directory", "Name a manifest file in it");
    }
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(".json") && !name.endsWith(".yml") && !name.endsWith(".yaml")) {
      return refuse(
          found,
          file,
          "The name of a manifest ends in .yml, .yaml or .json",
          "Rename the file, or name another one");
    }
    try {
      if (!Files.isRegularFile(file)) {
        throw new IOException("It is a device or a pipe");
      }
      byte[] bytes = head(file);
      if (bytes.length > MAX_BYTES) {
        return refuse(
            found,
            file,
            "The file is larger than " + MAX_BYTES + " bytes",
            "Write a smaller manifest; it can name files instead of containing them");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      return refuse(found, file, "The file is not UTF-8 text", "Save it with the encoding UTF-8");
    } catch (IOException e) {
      return refuse(
          found,
          file,
          "The file cannot be read",
          "Check that you may read it and that it is an ordinary file");
    }
  }

  /** A little more than a manifest may have, so that a huge file is not read. */
  private static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAX_BYTES + 1);
    }
  }

  private static <T> Optional<T> refuse(Problems found, Path file, String message, String remedy) {
    found.add(new Problem(Severity.ERROR, Location.of(file), "", message, remedy));
    return Optional.empty();
  }
}

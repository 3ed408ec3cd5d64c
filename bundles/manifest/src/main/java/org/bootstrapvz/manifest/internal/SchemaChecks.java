/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.manifest.internal.Schemas.Note;
import org.bootstrapvz.manifest.internal.Schemas.Outcome;
import tools.jackson.databind.JsonNode;

/** Validates a part of a manifest against a schema and reports the errors. */
final class SchemaChecks {
  private final Schemas schemas;

  SchemaChecks(Schemas schemas) {
    this.schemas = schemas;
  }

  /**
   * Reports errors; formats are only checked if there is no other error.
   *
   * @return the manifest with the secrets that the schema marks
   */
  ManifestDocument check(
      ManifestDocument manifest, ManifestValue part, URL address, Problems problems) {
    Schemas.Compiled schema;
    try {
      schema = schemas.compile(address, manifest.volumeTypes());
    } catch (IOException e) {
      problems.error(part, "The schema " + address + " cannot be used: " + e.getMessage(), "");
      return manifest;
    }
    Value value = (Value) part;
    // Settings that are missing altogether may still lack a required key.
    JsonNode json = value.exists() ? JsonNodes.of(value.node()) : JsonNodes.emptyMap();
    Outcome outcome = Schemas.validate(schema, json);

    Set<List<String>> secretPaths = new HashSet<>();
    List<Secret> secrets = new ArrayList<>();
    List<HostFile> hostFiles = new ArrayList<>();
    for (Note note : outcome.notes()) {
      if (note.keyword().equals("writeOnly") && note.argument().asBoolean()) {
        secretPaths.add(note.path());
        collect(value.descend(note.path()), secrets);
      } else if (note.keyword().equals("hostFile") && note.argument().asBoolean()) {
        hostFiles.addAll(HostFiles.marked(manifest, value.descend(note.path())));
      }
    }

    Set<Problem> faults =
        SchemaErrorMessages.of(outcome.errors(), schema.source(), value, secretPaths);
    faults.forEach(problems::add);
    Set<String> wrong = new HashSet<>();
    faults.forEach(problem -> wrong.add(problem.path()));
    Formats formats = new Formats(manifest.variables(), problems);
    SchemaProblems hidden = new SchemaProblems(secretPaths);
    Set<String> seen = new HashSet<>();
    for (Note note : outcome.notes()) {
      ManifestValue noted = value.descend(note.path());
      String format = note.argument().asString("");
      if (note.keyword().equals("format")
          && noted.isScalar()
          && !wrong.contains(noted.path())
          && seen.add(format + " " + noted.path())) {
        if (hidden.hidden(note.path())) {
          checkSecret(format, noted, manifest, problems);
        } else {
          formats.check(format, noted);
        }
      }
    }
    return manifest.withSecrets(secrets).withHostFiles(hostFiles);
  }

  /** The messages about formats quote the value. */
  private static void checkSecret(
      String format, ManifestValue value, ManifestDocument manifest, Problems problems) {
    List<Problem> found = new ArrayList<>();
    new Formats(manifest.variables(), found::add).check(format, value);
    if (!found.isEmpty()) {
      problems.error(value, "The value does not have the right form", "It must be a " + format);
    }
  }

  private static void collect(ManifestValue value, List<Secret> secrets) {
    if (value.isScalar()) {
      if (!value.text().isEmpty()) {
        secrets.add(value.secret());
      }
    } else if (value.isMap()) {
      value.entries().values().forEach(entry -> collect(entry, secrets));
    } else {
      value.items().forEach(item -> collect(item, secrets));
    }
  }
}

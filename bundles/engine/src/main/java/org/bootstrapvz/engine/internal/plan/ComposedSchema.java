/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.engine.internal.registry.Registry;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.ServiceHandle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Puts the schemas side by side under {@code $defs}. A schema refers to its own definitions by
 * their path, which is a longer one here.
 */
@Component
public final class ComposedSchema implements ManifestSchema {
  private final ManifestReader reader;
  private final Registry registry;

  /** Called by the container. */
  @Activate
  public ComposedSchema(@Reference ManifestReader reader, @Reference Registry registry) {
    this.reader = reader;
    this.registry = registry;
  }

  @Override
  public String text() {
    RegistrySnapshot offers = registry.offers();
    Map<String, String> providers = schemas(offers.providers());
    Map<String, String> plugins = schemas(offers.plugins());
    StringBuilder text = new StringBuilder();
    text.append("{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n")
        .append("  \"title\": \"bootstrap-vz manifest\",\n  \"allOf\": [\n    ")
        .append(reference("manifest"))
        .append(",\n    {\"properties\": {\"provider\": {\"properties\": {\"name\": {\"enum\": [")
        .append(
            providers.keySet().stream().map(n -> "\"" + n + "\"").collect(Collectors.joining(", ")))
        .append(
            "]}}}}},\n    {\"properties\": {\"plugins\": {\"additionalProperties\": false, \"properties\": {\n")
        .append(
            plugins.keySet().stream()
                .map(name -> "      \"" + name + "\": " + reference("plugin." + name))
                .collect(Collectors.joining(",\n")))
        .append("\n    }}}}");
    for (String name : providers.keySet()) {
      text.append(
              ",\n    {\"if\": {\"properties\": {\"provider\": {\"properties\": {\"name\": {\"const\": \"")
          .append(name)
          .append("\"}}}}},\n      \"then\": ")
          .append(reference("provider." + name))
          .append("}");
    }
    text.append("\n  ],\n  \"$defs\": {\n").append(definition("manifest", read(reader.schema())));
    providers.forEach(
        (name, schema) -> text.append(",\n").append(definition("provider." + name, schema)));
    plugins.forEach(
        (name, schema) -> text.append(",\n").append(definition("plugin." + name, schema)));
    return text.append("\n  }\n}\n").toString();
  }

  private static String reference(String name) {
    return "{\"$ref\": \"#/$defs/" + name + "\"}";
  }

  private static String definition(String name, String schema) {
    String moved =
        schema
            .replace("\"#/", "\"#/$defs/" + name + "/")
            .replaceFirst("\"\\$schema\"\\s*:\\s*\"[^\"]*\"\\s*,?\\s*", "");
    return "    \"" + name + "\": " + moved.strip().replace("\n", "\n    ");
  }

  /** By name; one without a schema allows everything. */
  private static <T extends Extension> Map<String, String> schemas(
      Map<String, RegistrySnapshot.Extension<T>> extensions) {
    Map<String, String> schemas = new TreeMap<>();
    extensions.forEach((name, each) -> schemas.put(name, schema(each.service())));
    return schemas;
  }

  private static <T extends Extension> String schema(ServiceHandle<T> handle) {
    Optional<T> extension = handle.obtain();
    try {
      return extension.map(Extension::schema).map(ComposedSchema::read).orElse("true");
    } finally {
      extension.ifPresent(handle::giveBack);
    }
  }

  private static String read(URL schema) {
    try (InputStream in = schema.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

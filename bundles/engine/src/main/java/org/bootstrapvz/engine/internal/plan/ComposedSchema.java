/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSchema;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.engine.internal.registry.Registry;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.ServiceHandle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Composes one schema from that of the manifest and those of all providers and plugins, each as a
 * separate definition. References within a schema are extended by the path of its definition.
 */
@Component
public final class ComposedSchema implements ManifestSchema {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

  private final ManifestReader reader;
  private final Registry registry;
  private final JsonMapper mapper = JsonMapper.shared();

  /** Called by the container. */
  @Activate
  public ComposedSchema(@Reference ManifestReader reader, @Reference Registry registry) {
    this.reader = reader;
    this.registry = registry;
  }

  @Override
  public String text() {
    RegistrySnapshot registered = registry.snapshot();
    VolumeTypes types = registered.types().definitions();
    Map<String, JsonNode> providers = schemas(registered.providers(), types);
    Map<String, JsonNode> plugins = schemas(registered.plugins(), types);
    ObjectNode schema = mapper.createObjectNode();
    schema.put("$schema", DRAFT).put("title", "bootstrap-vz manifest");
    ArrayNode parts = schema.putArray("allOf");
    parts.add(reference("manifest"));
    ArrayNode names =
        parts.addObject().withObject("/properties/provider/properties/name").putArray("enum");
    providers.keySet().forEach(names::add);
    ObjectNode settings = parts.addObject().withObject("/properties/plugins");
    settings.put("additionalProperties", false);
    ObjectNode ofPlugins = settings.putObject("properties");
    plugins.keySet().forEach(name -> ofPlugins.set(name, reference("plugin." + name)));
    for (String name : providers.keySet()) {
      ObjectNode condition = parts.addObject();
      condition.withObject("/if/properties/provider/properties/name").put("const", name);
      condition.set("then", reference("provider." + name));
    }
    ObjectNode definitions = schema.putObject("$defs");
    define(definitions, "manifest", mapper.readTree(reader.schema(types)));
    providers.forEach((name, each) -> define(definitions, "provider." + name, each));
    plugins.forEach((name, each) -> define(definitions, "plugin." + name, each));
    return mapper
            .writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .writeValueAsString(schema)
        + "\n";
  }

  private ObjectNode reference(String definition) {
    return mapper.createObjectNode().put("$ref", "#/$defs/" + definition);
  }

  private static void define(ObjectNode definitions, String name, JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      object.remove("$schema");
    }
    moveReferences(schema, "#/$defs/" + name);
    definitions.set(name, schema);
  }

  /** Makes the references of a schema to itself refer to its new place. */
  private static void moveReferences(JsonNode schema, String place) {
    if (schema instanceof ObjectNode object
        && object.get("$ref") instanceof StringNode target
        && target.stringValue().matches("#(/.*)?")) {
      object.put("$ref", place + target.stringValue().substring(1));
    }
    schema.forEach(child -> moveReferences(child, place));
  }

  /** By name; an extension without a schema allows everything. */
  private <T extends Extension> Map<String, JsonNode> schemas(
      Map<String, RegistrySnapshot.Extension<T>> extensions, VolumeTypes types) {
    Map<String, JsonNode> schemas = new TreeMap<>();
    extensions.forEach(
        (name, each) -> {
          try {
            schemas.put(name, schema(each.service(), types));
          } catch (Throwable e) {
            // Third-party code: whatever it throws, the other schemas are useful.
            schemas.put(name, unusable(each, e));
          }
        });
    return schemas;
  }

  /** Allows everything, and says why. */
  private JsonNode unusable(RegistrySnapshot.Extension<?> extension, Throwable thrown) {
    return mapper
        .createObjectNode()
        .put(
            "description",
            "The bundle "
                + extension.bundle()
                + " failed to provide the schema of "
                + extension.name()
                + ": "
                + thrown);
  }

  private <T extends Extension> JsonNode schema(ServiceHandle<T> handle, VolumeTypes types) {
    Optional<T> extension = handle.obtain();
    try {
      return extension.map(Extension::schema).map(url -> read(url, types)).orElse(BooleanNode.TRUE);
    } finally {
      extension.ifPresent(handle::release);
    }
  }

  private JsonNode read(URL schema, VolumeTypes types) {
    try {
      return mapper.readTree(reader.schema(schema, types));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import com.networknt.schema.CollectorContext;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.AbstractKeywordValidator;
import com.networknt.schema.keyword.FormatKeyword;
import com.networknt.schema.keyword.Keyword;
import com.networknt.schema.keyword.KeywordType;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bootstrapvz.api.volume.VolumeTypes;
import tools.jackson.databind.JsonNode;

/** Compiles JSON schemas and validates values against them. Safe for use by several threads. */
final class Schemas {
  private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

  /** The size of the cache; schemas of removed bundles are evicted. */
  private static final int MAX_COMPILED = 64;

  /** The name of a schema in the places of its nodes, which nobody sees. */
  private static final Path SCHEMA = Path.of("schema.json");

  private final SchemaRegistry registry;

  /** By address, least recently used first. Guarded by itself. */
  private final Map<String, Compiled> compiled =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Compiled> eldest) {
          return size() > MAX_COMPILED;
        }
      };

  Schemas() {
    // The default dialect of the library has formats and messages that take long to load.
    Dialect dialect =
        Dialect.builder(DRAFT + "schema")
            .specificationVersion(SpecificationVersion.DRAFT_2020_12)
            .idKeyword("$id")
            .keywords(KeywordType.getKeywords(SpecificationVersion.DRAFT_2020_12))
            .keyword(new NotedKeyword("writeOnly"))
            .keyword(new NotedKeyword("hostFile"))
            .keyword(new NotedKeyword(SecretParts.BELOW))
            .formatKeywordFactory(formats -> new NotedFormat())
            .vocabularies(
                vocabularies -> {
                  for (String name :
                      List.of(
                          "core",
                          "applicator",
                          "unevaluated",
                          "validation",
                          "meta-data",
                          "format-annotation")) {
                    vocabularies.put(DRAFT + "vocab/" + name, true);
                  }
                })
            .build();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .messageSource((key, text, locale, arguments) -> "")
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(new BoundedPatterns())
            .preloadSchema(false)
            .build();
    registry =
        SchemaRegistry.withDialect(
            dialect, builder -> builder.schemaRegistryConfig(config).schemaCacheEnabled(false));
  }

  /** A schema as written, and compiled. */
  record Compiled(JsonNode source, Schema schema) {}

  /**
   * The result of a validation.
   *
   * @param errors the errors
   * @param notes where {@code writeOnly}, {@code hostFile} and {@code format} apply
   */
  record Outcome(List<Error> errors, List<Note> notes) {}

  /** A keyword that applies to the value at a path. */
  record Note(String keyword, JsonNode argument, List<String> path) {}

  /**
   * Reads and compiles a schema, or returns it from the cache.
   *
   * @param types the types that the rules of the schema refer to
   * @throws IOException if it cannot be read or is not a schema; the message says why
   */
  Compiled compile(URL address, VolumeTypes types) throws IOException {
    String key = address.toExternalForm() + TypeRules.fingerprint(types);
    Compiled known;
    synchronized (compiled) {
      known = compiled.get(key);
    }
    if (known == null) {
      // Without the lock: an address of a plugin may take for ever to answer.
      known = load(address, types);
      synchronized (compiled) {
        compiled.put(key, known);
      }
    }
    return known;
  }

  private Compiled load(URL address, VolumeTypes types) throws IOException {
    JsonNode source = read(address, types);
    try {
      Schema schema = registry.getSchema(source);
      schema.initializeValidators();
      return new Compiled(source, schema);
    } catch (SchemaException e) {
      throw new IOException("it is not a schema", e);
    }
  }

  /**
   * Reads a schema and applies its rules about types.
   *
   * @throws IOException if it cannot be read or is not JSON; the message says why
   */
  static JsonNode read(URL address, VolumeTypes types) throws IOException {
    JsonNode source = read(address);
    new TypeRules(types).apply(source);
    return source;
  }

  /**
   * Reads a schema unchanged.
   *
   * @throws IOException if it cannot be read or is not JSON; the message says why
   */
  static JsonNode read(URL address) throws IOException {
    try (InputStream stream = address.openStream()) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Node document = JsonText.parse(SCHEMA, text, duplicate -> {});
      if (document == null) {
        throw new IOException("it is empty");
      }
      return JsonNodes.of(document);
    } catch (SyntaxException e) {
      throw new IOException("line " + e.mark.line() + ": " + e.getMessage(), e);
    }
  }

  static Outcome validate(Compiled compiled, JsonNode value) {
    List<Note> notes = new ArrayList<>();
    CollectorContext collector = new CollectorContext();
    collector.put(Note.class, notes);
    List<Error> errors =
        compiled
            .schema()
            .validate(value, (ExecutionContext context) -> context.setCollectorContext(collector));
    return new Outcome(errors, notes);
  }

  static List<String> steps(NodePath path) {
    return IntStream.range(0, path.getNameCount())
        .mapToObj(i -> path.getElement(i).toString())
        .toList();
  }

  /** Marks values without checking them. */
  private static final class NotedKeyword extends AbstractKeyword {
    NotedKeyword(String name) {
      super(name);
    }

    @Override
    public KeywordValidator newValidator(
        SchemaLocation location, JsonNode argument, Schema parent, SchemaContext context) {
      return new Noting(this, argument, location);
    }
  }

  /** The library does not know the custom formats, so they are checked later. */
  private static final class NotedFormat extends FormatKeyword {
    NotedFormat() {
      super(Map.of());
    }

    @Override
    public KeywordValidator newValidator(
        SchemaLocation location, JsonNode argument, Schema parent, SchemaContext context) {
      return new Noting(this, argument, location);
    }
  }

  /** Checks nothing, but records where its keyword applies. */
  private static final class Noting extends AbstractKeywordValidator {
    Noting(Keyword keyword, JsonNode argument, SchemaLocation location) {
      super(keyword, argument, location);
    }

    @Override
    public void validate(ExecutionContext execution, JsonNode value, JsonNode root, NodePath path) {
      List<Note> notes = execution.getCollectorContext().get(Note.class);
      notes.add(new Note(getKeyword(), getSchemaNode(), steps(path)));
    }
  }
}

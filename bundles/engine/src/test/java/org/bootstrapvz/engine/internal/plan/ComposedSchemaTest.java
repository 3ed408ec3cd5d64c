/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.Registry;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.ServiceHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

class ComposedSchemaTest {
  @TempDir Path folder;
  private int inUse;

  private record Both(URL schema) implements Provider, Plugin {
    @Override
    public void selectTasks(TaskSet tasks, Manifest manifest) {}
  }

  private URL url(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toUri().toURL();
  }

  private <T> RegistrySnapshot.Extension<T> offer(String name, T service) {
    ServiceHandle<T> handle =
        new ServiceHandle<>() {
          @Override
          public Optional<T> obtain() {
            inUse++;
            return Optional.of(service);
          }

          @Override
          public void release(T given) {
            inUse--;
          }
        };
    return new RegistrySnapshot.Extension<>(
        name, new OwnerBundle("org.acme", Version.parseVersion("1"), 1), handle);
  }

  private RegistrySnapshot.RegisteredType<ImageFormat, ImageFormatType> format() {
    ImageFormat vhdx =
        new ImageFormat(
            "vhdx",
            "",
            Optional.empty(),
            List.of(),
            ImageFormat.Content.FILE,
            "vhdx",
            "vhdx",
            List.of(),
            false,
            Optional.empty());
    ServiceHandle<ImageFormatType> unused =
        new ServiceHandle<>() {
          @Override
          public Optional<ImageFormatType> obtain() {
            throw new AssertionError("A type is not activated for its schema");
          }

          @Override
          public void release(ImageFormatType service) {
            throw new AssertionError();
          }
        };
    return new RegistrySnapshot.RegisteredType<>(
        vhdx, new OwnerBundle("org.acme", Version.parseVersion("1"), 1), unused);
  }

  private final class Base implements ManifestReader {
    @Override
    public Optional<Manifest> read(ManifestSource source, VolumeTypes types, Problems problems) {
      throw new AssertionError();
    }

    @Override
    public Manifest check(Manifest manifest, String path, URL schema, Problems problems) {
      throw new AssertionError();
    }

    @Override
    public Manifest restore(ManifestContent content, VolumeTypes types) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String schema(VolumeTypes types) {
      try {
        return schema(folder.resolve("base").toUri().toURL(), types);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String schema(URL schema, VolumeTypes types) throws IOException {
      try (InputStream in = schema.openStream()) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .replace("FORMATS", types.imageFormats().toString().replaceAll("\\w+", "\"$0\""));
      }
    }
  }

  @Test
  void eachSchemaBecomesADefinitionAndKeepsItsReferences() throws IOException {
    url("base", "{\n  \"$schema\": \"x\",\n  \"$ref\": \"#/$defs/a\"\n}\n");
    Provider kvm = new Both(url("kvm", "{\"title\": \"kvm\", \"enum\": FORMATS}"));
    Plugin note = new Both(url("note", "{\"$ref\": \"#/$defs/b\"}"));
    RegistrySnapshot registered =
        new RegistrySnapshot(
            new TreeMap<>(Map.of("kvm", offer("kvm", kvm))),
            new TreeMap<>(
                Map.of("note", offer("note", note), "any", offer("any", (Plugin) new Both(null)))),
            new TreeMap<>(),
            new RegistrySnapshot.Types(
                new TreeMap<>(), new TreeMap<>(Map.of("vhdx", format())), new TreeMap<>()),
            Map.of());
    Registry registry =
        new Registry() {
          @Override
          public RegistrySnapshot snapshot() {
            return registered;
          }

          @Override
          public Set<Long> withDependencies(Set<Long> bundles) {
            return bundles;
          }
        };

    String text = new ComposedSchema(new Base(), registry).text();

    assertEquals(0, inUse);
    assertEquals(
        """
        {
          "$schema" : "https://json-schema.org/draft/2020-12/schema",
          "title" : "bootstrap-vz manifest",
          "allOf" : [ {
            "$ref" : "#/$defs/manifest"
          }, {
            "properties" : {
              "provider" : {
                "properties" : {
                  "name" : {
                    "enum" : [ "kvm" ]
                  }
                }
              }
            }
          }, {
            "properties" : {
              "plugins" : {
                "additionalProperties" : false,
                "properties" : {
                  "any" : {
                    "$ref" : "#/$defs/plugin.any"
                  },
                  "note" : {
                    "$ref" : "#/$defs/plugin.note"
                  }
                }
              }
            }
          }, {
            "if" : {
              "properties" : {
                "provider" : {
                  "properties" : {
                    "name" : {
                      "const" : "kvm"
                    }
                  }
                }
              }
            },
            "then" : {
              "$ref" : "#/$defs/provider.kvm"
            }
          } ],
          "$defs" : {
            "manifest" : {
              "$ref" : "#/$defs/manifest/$defs/a"
            },
            "provider.kvm" : {
              "title" : "kvm",
              "enum" : [ "vhdx" ]
            },
            "plugin.any" : true,
            "plugin.note" : {
              "$ref" : "#/$defs/plugin.note/$defs/b"
            }
          }
        }
        """,
        text);
  }
}

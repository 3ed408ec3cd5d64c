/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.VolumeTypes;

/**
 * A manifest of a provider's name on line 2 and plugins from line 4, each key and value on a line.
 */
record WrittenManifest(Map<String, Object> data, List<Secret> secrets, List<HostFile> hostFiles)
    implements Manifest {
  static final Path FILE = Path.of("image.yml");

  static WrittenManifest of(String provider, String... plugins) {
    Map<String, Object> chosen = new LinkedHashMap<>();
    for (String plugin : plugins) {
      chosen.put(plugin, Map.of());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("provider", Map.of("name", provider));
    document.put("plugins", chosen);
    return new WrittenManifest(document, List.of(), List.of());
  }

  WrittenManifest withSecret(String secret) {
    List<Secret> more = new ArrayList<>(secrets);
    more.add(Secret.of(secret));
    return new WrittenManifest(data, more, hostFiles);
  }

  @Override
  public Path file() {
    return FILE;
  }

  @Override
  public Path resolve(String path) {
    return Path.of(path).toAbsolutePath();
  }

  @Override
  public ManifestValue root() {
    return new Value("", data, 1);
  }

  @Override
  public ManifestValue at(String path) {
    ManifestValue value = root();
    for (String key : path.split("\\.")) {
      value = value.get(key);
    }
    return value;
  }

  @Override
  public String name() {
    return "image";
  }

  @Override
  public Release release() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Manifest withRelease(Release release) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String architecture() {
    return "amd64";
  }

  @Override
  public VolumeTypes volumeTypes() {
    return VolumeTypes.NONE;
  }

  @Override
  public String expand(String text, Map<String, String> more) {
    return text;
  }

  @Override
  public LocalDateTime time() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Manifest withHostFiles(Collection<HostFile> more) {
    List<HostFile> all = new ArrayList<>(hostFiles);
    all.addAll(more);
    return new WrittenManifest(data, secrets, all);
  }

  private record Value(String path, Object data, int line) implements ManifestValue {
    @Override
    public boolean exists() {
      return data != null;
    }

    @Override
    public Location location() {
      return new Location(FILE, line, 9);
    }

    @Override
    public Location keyLocation() {
      return new Location(FILE, line, 3);
    }

    @Override
    public ManifestValue get(String key) {
      return Optional.ofNullable(entries().get(key)).orElse(new Value(below(key), null, line));
    }

    private String below(String key) {
      return path.isEmpty() ? key : path + "." + key;
    }

    @Override
    public Map<String, ManifestValue> entries() {
      Map<String, ManifestValue> entries = new LinkedHashMap<>();
      if (isMap()) {
        int next = path.equals("plugins") ? 4 : 2;
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) data).entrySet()) {
          String key = entry.getKey().toString();
          entries.put(key, new Value(below(key), entry.getValue(), next++));
        }
      }
      return entries;
    }

    @Override
    public List<ManifestValue> items() {
      return List.of();
    }

    @Override
    public boolean isScalar() {
      return data instanceof String;
    }

    @Override
    public boolean isMap() {
      return data instanceof Map;
    }

    @Override
    public boolean isList() {
      return false;
    }

    @Override
    public String text() {
      return (String) data;
    }

    @Override
    public int integer() {
      throw new IllegalStateException();
    }

    @Override
    public boolean isTrue() {
      throw new IllegalStateException();
    }

    @Override
    public Bytes size() {
      throw new IllegalStateException();
    }
  }
}

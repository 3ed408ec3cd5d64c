/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.volume;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bootstrapvz.api.build.Secret;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.size.Bytes;

/** A manifest over plain data. */
public class MapManifest implements Manifest {
  private final Map<String, Object> data = new LinkedHashMap<>();

  /** An amd64 raw image with GRUB; give it a table type and partitions. */
  public MapManifest() {
    with("name", "image");
    with("system.architecture", "amd64");
    with("system.bootloader", "grub");
    with("volume.backing", "raw");
    with("volume.partitions.type", "gpt");
  }

  /** Sets the value at a path, after what was set before. */
  public MapManifest with(String path, Object value) {
    return with(List.of(path.split("\\.")), value);
  }

  /** A partition with a filesystem. */
  public MapManifest partition(String name, String size, String filesystem) {
    with(List.of("volume", "partitions", name, "size"), size);
    return with(List.of("volume", "partitions", name, "filesystem"), filesystem);
  }

  @SuppressWarnings("unchecked")
  public MapManifest with(List<String> keys, Object value) {
    Map<String, Object> map = data;
    for (String key : keys.subList(0, keys.size() - 1)) {
      map = (Map<String, Object>) map.computeIfAbsent(key, k -> new LinkedHashMap<>());
    }
    map.put(keys.get(keys.size() - 1), value);
    return this;
  }

  @Override
  public Path file() {
    return Path.of("manifest.yml");
  }

  @Override
  public Path resolve(String path) {
    return Path.of(path);
  }

  @Override
  public ManifestValue root() {
    return new Value(data, "");
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
    return at("name").text();
  }

  @Override
  public Release release() {
    return new Release(
        "bookworm",
        "bookworm",
        at("release").exists() ? at("release").integer() : 12,
        Optional.of("bookworm-security"),
        Optional.of("bookworm-updates"),
        Optional.<LocalDate>empty(),
        false);
  }

  @Override
  public String architecture() {
    return at("system.architecture").text();
  }

  @Override
  public String expand(String text, Map<String, String> more) {
    return text;
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }

  private record Value(Object data, String path) implements ManifestValue {
    private Value child(String key, Object value) {
      return new Value(value, path.isEmpty() ? key : path + "." + key);
    }

    @Override
    public boolean exists() {
      return data != null;
    }

    @Override
    public Location location() {
      return Location.of(Path.of("manifest.yml"));
    }

    @Override
    public Location keyLocation() {
      return location();
    }

    @Override
    public ManifestValue get(String key) {
      return child(key, data instanceof Map<?, ?> map ? map.get(key) : null);
    }

    @Override
    public Map<String, ManifestValue> entries() {
      Map<String, ManifestValue> entries = new LinkedHashMap<>();
      if (data instanceof Map<?, ?> map) {
        map.forEach((key, value) -> entries.put((String) key, child((String) key, value)));
      }
      return entries;
    }

    @Override
    public List<ManifestValue> items() {
      if (!(data instanceof List<?> list)) {
        return List.of();
      }
      return IntStream.range(0, list.size())
          .mapToObj(i -> (ManifestValue) child(String.valueOf(i), list.get(i)))
          .toList();
    }

    @Override
    public boolean isScalar() {
      return exists() && !isMap() && !isList();
    }

    @Override
    public boolean isMap() {
      return data instanceof Map;
    }

    @Override
    public boolean isList() {
      return data instanceof List;
    }

    @Override
    public String text() {
      if (!isScalar()) {
        throw new IllegalStateException(path + " is no scalar");
      }
      return data.toString();
    }

    @Override
    public int integer() {
      return Integer.parseInt(text());
    }

    @Override
    public boolean isTrue() {
      return Boolean.parseBoolean(text());
    }

    @Override
    public Bytes size() {
      return Bytes.parse(text());
    }
  }
}

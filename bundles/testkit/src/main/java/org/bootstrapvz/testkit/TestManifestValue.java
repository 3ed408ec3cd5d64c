/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Bytes;
import org.jspecify.annotations.Nullable;

/** A value of a {@link TestManifest}. Its location is the file, without a line. */
record TestManifestValue(Path file, String path, @Nullable Object data) implements ManifestValue {
  private ManifestValue child(String key, @Nullable Object value) {
    return new TestManifestValue(file, path.isEmpty() ? key : path + "." + key, value);
  }

  private <T> T as(Class<T> type, String name) {
    if (!type.isInstance(data)) {
      throw new IllegalStateException(path + " is not a " + name + " but " + data);
    }
    return type.cast(data);
  }

  @Override
  public boolean exists() {
    return data != null;
  }

  @Override
  public Location location() {
    return Location.of(file);
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
    if (exists()) {
      Map<?, ?> map = as(Map.class, "map");
      map.keySet().forEach(key -> entries.put((String) key, get((String) key)));
    }
    return entries;
  }

  @Override
  public List<ManifestValue> items() {
    List<?> list = exists() ? as(List.class, "list") : List.of();
    return IntStream.range(0, list.size())
        .mapToObj(i -> child(String.valueOf(i), list.get(i)))
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
      throw new IllegalStateException(path + " is not a scalar but " + data);
    }
    return String.valueOf(data);
  }

  @Override
  public int integer() {
    return Math.toIntExact(as(Long.class, "whole number"));
  }

  @Override
  public boolean isTrue() {
    return as(Boolean.class, "boolean");
  }

  @Override
  public Bytes size() {
    return Bytes.parse(text());
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.jspecify.annotations.Nullable;

/**
 * A manifest that a test sets value by value. It is not validated against a schema. Change it only
 * before it is used in a build.
 */
public final class TestManifest implements Manifest {
  private static final Pattern FIELD = Pattern.compile("\\{\\{|}}|\\{([^{}]*)}|[{}]");
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
  private static final Map<String, String> TIME_CODES =
      Map.of("%Y", "yyyy", "%m", "MM", "%d", "dd", "%H", "HH", "%M", "mm", "%S", "ss");
  private static final Map<String, Integer> VERSIONS =
      Map.of(
          "buster",
          10,
          "bullseye",
          11,
          "bookworm",
          12,
          "trixie",
          13,
          "forky",
          14,
          "sid",
          Release.SID);

  private final Map<String, Object> data = new LinkedHashMap<>();
  private final List<String> secrets = new ArrayList<>();
  private final List<HostFile> hostFiles = new ArrayList<>();
  private Path file = Path.of("manifest.yml");
  private @Nullable Release release;
  private VolumeTypes types = StandardTypes.all();

  /**
   * Creates a manifest named {@code image}: trixie for amd64 with GRUB, raw, with a GPT without
   * partitions.
   */
  public TestManifest() {
    with("name", "image");
    with("system.release", "trixie");
    with("system.architecture", "amd64");
    with("system.bootloader", "grub");
    with("volume.backing", "raw");
    with("volume.partitions.type", "gpt");
  }

  /**
   * Sets the value at a dotted path, after the values that were set before.
   *
   * @param value a text, number or boolean, or a list or map of such
   */
  public TestManifest with(String path, Object value) {
    return with(List.of(path.split("\\.")), value);
  }

  /** Sets the value below these keys, which can contain dots. */
  public TestManifest with(List<String> keys, Object value) {
    return set(keys, value);
  }

  private TestManifest set(List<String> keys, @Nullable Object value) {
    Map<String, Object> map = data;
    for (String key : keys.subList(0, keys.size() - 1)) {
      Object inner = map.get(key);
      Map<String, Object> copy = new LinkedHashMap<>();
      if (inner instanceof Map<?, ?> there) {
        there.forEach((k, v) -> copy.put((String) k, v));
      }
      map.put(key, copy);
      map = copy;
    }
    map.put(keys.get(keys.size() - 1), plain(value));
    return this;
  }

  /** Sets a value as secret, as a schema would mark it. */
  public TestManifest withSecret(String path, String value) {
    secrets.add(value);
    return with(path, value);
  }

  /** Removes the value at a dotted path. */
  public TestManifest without(String path) {
    return set(List.of(path.split("\\.")), null);
  }

  /** Adds a partition with a filesystem. */
  public TestManifest withPartition(String name, String size, String filesystem) {
    with(List.of("volume", "partitions", name, "size"), size);
    return with(List.of("volume", "partitions", name, "filesystem"), filesystem);
  }

  /** {@inheritDoc} Here it is the same manifest. */
  @Override
  public TestManifest withRelease(Release other) {
    release = other;
    return this;
  }

  /** Replaces the types that it can name; by default those of {@link StandardTypes}. */
  public TestManifest withVolumeTypes(VolumeTypes other) {
    types = other;
    return this;
  }

  /** Sets its file, which need not exist; relative paths start at its directory. */
  public TestManifest withFile(Path other) {
    file = other;
    return this;
  }

  /** Converts to the types of manifest values: whole numbers are longs, others doubles. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(TestManifest::plain).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, each) -> copy.put((String) key, plain(each)));
      return copy;
    }
    if (value == null
        || value instanceof String
        || value instanceof Long
        || value instanceof Double
        || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("A manifest holds no " + value.getClass().getName());
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public Path resolve(String path) {
    return file.toAbsolutePath().resolveSibling(path).normalize();
  }

  @Override
  public ManifestValue root() {
    return new TestManifestValue(file, "", data);
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
    return expand(at("name").text());
  }

  @Override
  public Release release() {
    if (release != null) {
      return release;
    }
    String name = at("system.release").text();
    Integer version = VERSIONS.get(name);
    if (version == null) {
      throw new IllegalStateException(
          "The test kit does not know the release " + name + "; hand it to withRelease");
    }
    boolean dated = version != Release.SID;
    return new Release(
        name,
        name,
        version,
        dated ? Optional.of(name + (version > 10 ? "-security" : "/updates")) : Optional.empty(),
        dated ? Optional.of(name + "-updates") : Optional.empty(),
        Optional.empty(),
        false);
  }

  @Override
  public String architecture() {
    return at("system.architecture").text();
  }

  @Override
  public VolumeTypes volumeTypes() {
    return types;
  }

  /** {@inheritDoc} Here it is always 3:04:05 on 2 January 2026. */
  @Override
  public String expand(String text, Map<String, String> more) {
    return FIELD
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(), more)));
  }

  private String value(String field, Map<String, String> more) {
    if (field.equals("{{") || field.equals("}}")) {
      return field.substring(1);
    }
    if (field.length() < 2) {
      throw new IllegalArgumentException("A single " + field + "; write {{ or }}");
    }
    String name = field.substring(1, field.length() - 1);
    if (more.containsKey(name)) {
      return more.get(name);
    }
    if (TIME_CODES.containsKey(name)) {
      return DateTimeFormatter.ofPattern(TIME_CODES.get(name)).format(TIME);
    }
    if (!at(name).isScalar()) {
      throw new IllegalArgumentException("There is no variable " + field);
    }
    return at(name).text();
  }

  @Override
  public List<Secret> secrets() {
    return secrets.stream().map(Secret::of).toList();
  }

  @Override
  public LocalDateTime time() {
    return TIME;
  }

  @Override
  public List<HostFile> hostFiles() {
    return List.copyOf(hostFiles);
  }

  /** {@inheritDoc} Here it is the same manifest. */
  @Override
  public TestManifest withHostFiles(Collection<HostFile> more) {
    hostFiles.addAll(more);
    return this;
  }
}

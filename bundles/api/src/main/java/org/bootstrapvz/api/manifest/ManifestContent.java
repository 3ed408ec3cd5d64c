/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The content of a manifest as plain data. If it is stored or sent, {@link ManifestReader#restore}
 * returns an equal manifest, in another process or on another machine. It contains the secrets of
 * the manifest. Immutable.
 *
 * @param file the file that the manifest was read from
 * @param directory the absolute directory where relative paths of the manifest start
 * @param root the document
 * @param release the release of the image
 * @param time the time to which the time codes of variables expand
 * @param secrets the values that schemas mark as secret
 * @param hostFiles the files of the host that the manifest names
 */
public record ManifestContent(
    Path file,
    Path directory,
    Node root,
    Release release,
    LocalDateTime time,
    List<Secret> secrets,
    List<HostFile> hostFiles) {
  /** Copies the lists. */
  public ManifestContent {
    secrets = List.copyOf(secrets);
    hostFiles = List.copyOf(hostFiles);
  }

  /** Returns the content of a manifest that has no errors. */
  public static ManifestContent of(Manifest manifest) {
    return new ManifestContent(
        manifest.file(),
        manifest.resolve(""),
        node(manifest.root()),
        manifest.release(),
        manifest.time(),
        manifest.secrets(),
        manifest.hostFiles());
  }

  private static Node node(ManifestValue value) {
    Mark mark = Mark.of(value.location());
    if (value.isMap()) {
      Map<String, Entry> entries = new LinkedHashMap<>();
      value
          .entries()
          .forEach(
              (key, each) -> entries.put(key, new Entry(Mark.of(each.keyLocation()), node(each))));
      return new Mapping(mark, entries);
    }
    if (value.isList()) {
      return new Sequence(mark, value.items().stream().map(ManifestContent::node).toList());
    }
    return value.exists()
        ? new Scalar(mark, value.text(), value.data())
        : new Scalar(mark, "", null);
  }

  /** Without values, because some of them are secret. */
  @Override
  public String toString() {
    return "ManifestContent[" + file + "]";
  }

  /**
   * A place in a file of the manifest.
   *
   * @param file the file, as the user named it
   * @param line counted from 1; 0 if it is not known
   * @param column counted from 1; 0 if it is not known
   */
  public record Mark(Path file, int line, int column) {
    private static Mark of(Location location) {
      return new Mark(location.file(), location.line(), location.column());
    }
  }

  /** A value and the place where it starts. */
  public sealed interface Node {
    /** Returns where it starts. */
    Mark mark();
  }

  /**
   * A text, number, boolean or null.
   *
   * @param text as it is written
   * @param value a String, Long, Double or Boolean, or null
   */
  public record Scalar(Mark mark, String text, @Nullable Object value) implements Node {}

  /**
   * A list.
   *
   * @param items its items
   */
  public record Sequence(Mark mark, List<Node> items) implements Node {
    /** Copies the list. */
    public Sequence {
      items = List.copyOf(new ArrayList<>(items));
    }
  }

  /**
   * A map, in the order of the file.
   *
   * @param entries its entries by key
   */
  public record Mapping(Mark mark, Map<String, Entry> entries) implements Node {
    /** Copies the map. */
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /**
   * A value of a map.
   *
   * @param keyMark where its key starts
   * @param value the value
   */
  public record Entry(Mark keyMark, Node value) {}
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import static org.bootstrapvz.manifest.internal.migration.ManifestTree.scalar;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bootstrapvz.api.manifest.MigratedManifest.Change;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.manifest.internal.migration.ManifestTree.Entry;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A manifest during its migration. Values are those before the migration; changes are applied to
 * the text and recorded.
 */
final class ManifestEditor {
  private static final Comparator<Change> BY_LOCATION =
      Comparator.<Change>comparingInt(change -> change.location().line())
          .thenComparingInt(change -> change.location().column());

  private final Path file;
  private final ManifestText text;
  private final ReleaseChange releases;
  private final LocalDate today;
  private final Names names;
  private final List<Change> changes = new ArrayList<>();
  private final List<Change> hints = new ArrayList<>();
  private final Set<Node> touched = new HashSet<>();

  ManifestEditor(
      Path file, ManifestText text, ReleaseChange releases, LocalDate today, Names names) {
    this.file = file;
    this.text = text;
    this.releases = releases;
    this.today = today;
    this.names = names;
  }

  ReleaseChange releases() {
    return releases;
  }

  Release old() {
    return releases.old();
  }

  Release current() {
    return releases.current();
  }

  LocalDate today() {
    return today;
  }

  /** The changes, in the order of the file. */
  List<Change> changes() {
    return changes.stream().sorted(BY_LOCATION).toList();
  }

  /** Hints that the user should check, in the order of the file. */
  List<Change> hints() {
    return hints.stream().sorted(BY_LOCATION).toList();
  }

  // --- read ---

  Node root() {
    return text.tree().root();
  }

  ManifestTree tree() {
    return text.tree();
  }

  Optional<Entry> entry(String path) {
    return text.tree().entry(path.split("\\."));
  }

  /** The entries of the map at a path; none if there is no map. */
  List<Entry> entries(String path) {
    return entry(path).map(Entry::value).map(ManifestTree::entries).orElse(List.of());
  }

  /** The scalar at a path; empty if there is none. */
  String value(String path) {
    return entry(path).map(Entry::value).flatMap(ManifestTree::scalar).orElse("");
  }

  Optional<SequenceNode> list(String path) {
    return entry(path)
        .map(Entry::value)
        .filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast);
  }

  /** The scalars of the list at a path; none if there is no list. */
  List<String> values(String path) {
    return list(path).map(SequenceNode::getValue).orElse(List.of()).stream()
        .map(item -> scalar(item).orElse(""))
        .toList();
  }

  /** The change of a name for the current release, from the table. */
  Optional<Names.Row> renamed(String kind, String name) {
    return names.find(kind, name, current().version());
  }

  boolean isTouched(Node node) {
    return touched.contains(node);
  }

  // --- change ---

  /** Replaces the scalar at a path, which must exist. */
  void replace(String path, String value, String reason) {
    replace(entry(path).orElseThrow().value(), path, value, reason);
  }

  void replace(Node node, String path, String value, String reason) {
    String before = scalar(node).orElseThrow();
    text.replace(node, value, "was " + before + ": " + reason);
    record(node, path, before + " is now " + value, reason);
  }

  /** Replaces the literal of a scalar, including its quotes. */
  void rewrite(Node node, String path, UnaryOperator<String> change, String reason) {
    String before = scalar(node).orElseThrow();
    text.rewrite(node, change, "was " + before + ": " + reason);
    record(node, path, before + " is now " + change.apply(before), reason);
  }

  void rename(Entry entry, String path, String name, String reason) {
    String before = entry.name();
    text.replace(entry.key(), name, "was " + before + ": " + reason);
    record(entry.key(), path, before + " is now " + name, reason);
  }

  /** Adds a key with a text as the first one of a map. */
  void addFirst(MappingNode map, String key, String value, String reason) {
    text.addFirst(map, key, value, "added: " + reason);
    changes.add(new Change(location(map), key, value + " is added", reason));
  }

  /** Adds a key to a map, after an entry of that map whose value is a scalar. */
  void addKey(Entry after, String map, String key, String value, String reason) {
    text.addKey(after, key, value, "added: " + reason);
    changes.add(new Change(location(after.value()), map + "." + key, value + " is added", reason));
  }

  void addItem(SequenceNode list, int after, String path, String value, String reason) {
    text.addItem(list, after, value, "added: " + reason);
    record(list.getValue().get(after), path, value + " is added", reason);
  }

  void remove(Entry entry, String path, String reason) {
    text.remove(entry, "removed: " + reason);
    record(entry.key(), path, "is removed", reason);
    touched.add(entry.value());
  }

  /** Removes an item of a list that has other items. */
  void removeItem(SequenceNode list, int index, String path, String name, String reason) {
    text.remove(list, index, name + " is removed: " + reason);
    record(list.getValue().get(index), path + "." + index, name + " is removed", reason);
  }

  /** Reports something that only the user can decide. */
  void hint(Node node, String path, String finding, String advice) {
    touched.add(node);
    hints.add(new Change(location(node), path, finding, advice));
  }

  private void record(Node node, String path, String change, String reason) {
    touched.add(node);
    changes.add(new Change(location(node), path, change, reason));
  }

  private Location location(Node node) {
    return new Location(file, ManifestTree.line(node), ManifestTree.column(node));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal.migration;

import static org.bootstrapvz.manifest.internal.migration.ManifestText.entries;
import static org.bootstrapvz.manifest.internal.migration.ManifestText.scalar;

import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.MigratedManifest.Change;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.manifest.internal.migration.ManifestText.Entry;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** What has to change in a manifest of one release to make it one of a later release. */
final class Migration {
  private static final Bytes BOOT = Bytes.parse("512MiB");
  private static final Bytes ROOT = Bytes.parse("2GiB");

  /** Releases up to this one needed less room than today's. */
  private static final int SMALL = 10;

  /** The first release whose firmware packages are in a component of their own. */
  private static final int NON_FREE_FIRMWARE = 12;

  /** The first release whose security suite is called after it, in {@code debian-security}. */
  private static final int NEW_SECURITY_SUITE = 11;

  private static final int TRIXIE = 13;

  /** Packages that configure interfaces through ifupdown. */
  private static final Set<String> IFUPDOWN =
      Set.of("ifupdown", "ifenslave", "ifmetric", "bridge-utils", "vlan", "resolvconf");

  private final Path file;
  private final ManifestText text;
  private final Release old;
  private final Release current;
  private final LocalDate today;
  private final Names names;
  private final List<Change> changes = new ArrayList<>();
  private final List<Change> hints = new ArrayList<>();
  private final Set<Node> changed = new HashSet<>();

  /**
   * A migration that is about to be made.
   *
   * @param old what the manifest says now
   * @param current what it is to say; the same if that is no older
   */
  Migration(
      Path file, ManifestText text, Release old, Release current, LocalDate today, Names names) {
    this.file = file;
    this.text = text;
    this.old = old;
    this.current = current;
    this.today = today;
    this.names = names;
  }

  List<Change> changes() {
    return changes.stream().sorted(Migration::byPlace).toList();
  }

  List<Change> hints() {
    return hints.stream().sorted(Migration::byPlace).toList();
  }

  private static int byPlace(Change a, Change b) {
    int byLine = Integer.compare(a.location().line(), b.location().line());
    return byLine != 0 ? byLine : Integer.compare(a.location().column(), b.location().column());
  }

  void run(Set<String> knownKeys) {
    release();
    unknownKeys(knownKeys);
    system();
    disk();
    bootstrapper();
    mirrors();
    components();
    packages("packages.install");
    packages("bootstrapper.include_packages");
    packages("bootstrapper.exclude_packages");
    sources();
    preferences();
    plugins();
    ec2();
    lookForTheOldName(text.root(), "");
  }

  // --- the parts of a manifest ---

  private void release() {
    if (old.name().equals(current.name())) {
      return;
    }
    String ended =
        old.endOfLife()
            .filter(today::isAfter)
            .map(date -> " has had no security updates since " + date)
            .orElse(" is not the stable release any more");
    replace("system.release", current.name(), "Debian " + title(old) + ended);
  }

  private static String title(Release release) {
    return release.version() == Release.SID
        ? release.codename()
        : release.version() + " (" + release.codename() + ")";
  }

  private void unknownKeys(Set<String> known) {
    for (Entry entry : entries(text.root())) {
      if (!known.contains(entry.name())) {
        remove(entry, entry.name(), "the key has no meaning");
      }
    }
  }

  private void system() {
    if (current.atLeast(TRIXIE) && value("system.architecture").equals("i386")) {
      Entry architecture = entry("system.architecture").orElseThrow();
      String why = "Debian has no i386 kernel from trixie on; the programs can stay 32-bit";
      replace("system.architecture", "amd64", why);
      if (entry("system.userspace_architecture").isEmpty()) {
        addKey(architecture, "system", "userspace_architecture", "i386", why);
      }
    }
    boolean grub = value("system.bootloader").equals("grub");
    String table = value("volume.partitions.type");
    if (value("system.bootloader").equals("pvgrub")) {
      grub = true;
      replace(
          "system.bootloader",
          "grub",
          "paravirtual Xen machines, which needed pvgrub, are no longer offered");
      if (table.equals("none")) {
        table = "gpt";
        replace("volume.partitions.type", "gpt", "grub needs a partition table");
      }
    }
    if (grub
        && table.equals("gpt")
        && !value("system.architecture").equals("arm64")
        && entry("system.firmware").isEmpty()) {
      addKey(
          entry("system.bootloader").orElseThrow(),
          "system",
          "firmware",
          "hybrid",
          "the image starts on machines with BIOS, as before, and with UEFI");
    }
    names
        .find("timezone", value("system.timezone"), current.version())
        .ifPresent(row -> replace("system.timezone", row.now(), row.reason()));
    network();
  }

  private void network() {
    boolean minbase = value("bootstrapper.variant").equals("minbase");
    List<String> included = values("bootstrapper.include_packages");
    if (old.atLeast(TRIXIE)
        || !current.atLeast(TRIXIE)
        || entry("system.network").isPresent()
        || entry("system.timezone").isEmpty()
        || minbase && !included.contains("netbase")) {
      return;
    }
    Set<String> ifupdown = new TreeSet<>(values("packages.install"));
    ifupdown.retainAll(IFUPDOWN);
    Entry behind = entry("system.timezone").orElseThrow();
    if (ifupdown.isEmpty()) {
      addKey(
          behind,
          "system",
          "network",
          "systemd-networkd",
          "the default since trixie; write ifupdown to keep what "
              + old.codename()
              + " had, now for interfaces of any name and not eth0 alone");
    } else {
      addKey(
          behind,
          "system",
          "network",
          "ifupdown",
          "the default is systemd-networkd since trixie, but packages.install has "
              + String.join(", ", ifupdown));
    }
  }

  private void disk() {
    if (old.version() > SMALL || value("volume.backing").equals("folder")) {
      return;
    }
    enlarge("volume.partitions.boot.size", BOOT, "kernels and initramfs have grown");
    enlarge("volume.partitions.root.size", ROOT, "Debian has grown");
  }

  private void enlarge(String path, Bytes least, String why) {
    Optional<Bytes> size =
        entry(path).map(Entry::value).flatMap(ManifestText::scalar).flatMap(Migration::size);
    if (size.isPresent() && size.get().compareTo(least) < 0) {
      replace(path, least.toString(), why);
    }
  }

  private static Optional<Bytes> size(String text) {
    try {
      return Optional.of(Bytes.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void bootstrapper() {
    if (value("bootstrapper.keyring").contains("removed")) {
      remove(
          entry("bootstrapper.keyring").orElseThrow(),
          "bootstrapper.keyring",
          "keys that Debian removed sign no current release");
    }
  }

  private void mirrors() {
    for (String path : List.of("bootstrapper.mirror", "packages.mirror", "packages.security")) {
      Optional<URI> address = address(value(path));
      if (address.isEmpty() || old.name().equals(current.name())) {
        continue;
      }
      String host = String.valueOf(address.get().getHost());
      String folder = String.valueOf(address.get().getPath());
      if (old.archived() && host.startsWith("archive.")) {
        remove(entry(path).orElseThrow(), path, "an archive has only releases that have ended");
      } else if (path.equals("packages.security")
          && old.version() < NEW_SECURITY_SUITE
          && (folder.isEmpty() || folder.equals("/"))) {
        replace(
            path,
            value(path).replaceFirst("/*$", "/debian-security"),
            "since bullseye the suite is " + security() + ", in the folder debian-security");
      } else {
        hint(
            entry(path).orElseThrow().value(),
            path,
            "is left as it is",
            "see that it still answers and delivers " + current.codename());
      }
    }
  }

  private String security() {
    return current.securitySuite().orElse(current.codename());
  }

  private static Optional<URI> address(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(URI.create(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void components() {
    List<String> components = values("packages.components");
    if (current.atLeast(NON_FREE_FIRMWARE)
        && components.contains("non-free")
        && !components.contains("non-free-firmware")) {
      SequenceNode list = (SequenceNode) entry("packages.components").orElseThrow().value();
      int index = components.indexOf("non-free");
      String why = "firmware left non-free for a component of its own in bookworm";
      text.addItem(list, index, "non-free-firmware", "added: " + why);
      change(list.getValue().get(index), "packages.components", "non-free-firmware is added", why);
    }
  }

  private void packages(String path) {
    Optional<SequenceNode> list = list(path);
    if (list.isEmpty()) {
      return;
    }
    List<Node> items = list.get().getValue();
    Set<String> kept = new HashSet<>(values(path));
    List<Integer> gone = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String[] parts = scalar(items.get(i)).orElse("").split("/", 2);
      Optional<Names.Row> row = names.find("package", parts[0], current.version());
      if (row.isPresent() && (row.get().now().isEmpty() || !kept.add(row.get().now()))) {
        gone.add(i);
      } else if (row.isPresent()) {
        replaceItem(items.get(i), path + "." + i, row.get().now(), row.get().reason());
      } else if (parts.length == 2 && !parts[0].isEmpty() && namesOldRelease(parts[1])) {
        replaceItem(
            items.get(i),
            path + "." + i,
            parts[0],
            current.codename() + " itself has at least the version of " + parts[1]);
      }
    }
    if (gone.size() == items.size()) {
      remove(entry(path).orElseThrow(), path, "none of its packages is in Debian any more");
      return;
    }
    for (int i : gone) {
      Names.Row row =
          names
              .find("package", scalar(items.get(i)).orElseThrow().split("/")[0], current.version())
              .orElseThrow();
      String why = row.reason() + (row.now().isEmpty() ? "" : "; " + row.now() + " is in the list");
      text.remove(list.get(), i, row.name() + " is removed: " + why);
      change(items.get(i), path + "." + i, row.name() + " is removed", why);
    }
  }

  private void sources() {
    for (Entry list : entries(entry("packages.sources").map(Entry::value).orElse(null))) {
      if (!(list.value() instanceof SequenceNode lines)) {
        continue;
      }
      for (int i = 0; i < lines.getValue().size(); i++) {
        Node line = lines.getValue().get(i);
        String path = "packages.sources." + list.name() + "." + i;
        String before = scalar(line).orElse("");
        String after = suites(before);
        if (!after.equals(before)) {
          rewrite(line, path, this::suites, "the source is one of " + current.codename() + " now");
        }
        if (!old.name().equals(current.name())) {
          hint(
              line,
              path,
              "is a source of its own",
              "see that it delivers a suite for " + current.codename());
        }
      }
    }
  }

  /** The old release's suites in a text, as suites of the current one. */
  private String suites(String line) {
    if (old.name().equals(current.name())) {
      return line;
    }
    String result = line;
    if (old.version() < NEW_SECURITY_SUITE && current.securitySuite().isPresent()) {
      result = result.replace("{system.release}/updates", "{system.release}-security");
      result = word(old.codename() + "/updates").matcher(result).replaceAll(security());
      result = word(old.name() + "/updates").matcher(result).replaceAll(security());
    }
    result = word(old.codename()).matcher(result).replaceAll(current.codename());
    return old.name().equals(old.codename())
        ? result
        : word(old.name()).matcher(result).replaceAll(current.name());
  }

  private static Pattern word(String word) {
    return Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w])");
  }

  private boolean namesOldRelease(String text) {
    return !old.name().equals(current.name())
        && (word(old.codename()).matcher(text).find() || word(old.name()).matcher(text).find());
  }

  private void preferences() {
    for (Entry list : entries(entry("packages.preferences").map(Entry::value).orElse(null))) {
      if (!(list.value() instanceof SequenceNode pins)) {
        continue;
      }
      for (int i = 0; i < pins.getValue().size(); i++) {
        for (Entry part : entries(pins.getValue().get(i))) {
          String before = scalar(part.value()).orElse("");
          if (part.name().equals("pin") && !suites(before).equals(before)) {
            rewrite(
                part.value(),
                "packages.preferences." + list.name() + "." + i + ".pin",
                this::suites,
                "the pin is one of " + current.codename() + " now");
          }
        }
      }
    }
  }

  private void plugins() {
    for (Entry plugin : entries(entry("plugins").map(Entry::value).orElse(null))) {
      names
          .find("plugin", plugin.name(), current.version())
          .filter(row -> entry("plugins." + row.now()).isEmpty())
          .ifPresent(
              row -> {
                text.replace(plugin.key(), row.now(), "was " + row.name() + ": " + row.reason());
                change(
                    plugin.key(),
                    "plugins." + row.name(),
                    row.name() + " is now " + row.now(),
                    row.reason());
              });
    }
    if (value("plugins.minimize_size.shrink").equals("vmware-vdiskmanager")) {
      replace(
          "plugins.minimize_size.shrink",
          "qemu-img",
          "the tool is not in Debian; qemu-img makes the same format");
    }
  }

  private void ec2() {
    if (!value("provider.name").equals("ec2")) {
      return;
    }
    if (value("provider.virtualization").equals("pvm")) {
      replace("provider.virtualization", "hvm", "no current type of instance is paravirtual");
    }
    if (value("volume.backing").equals("s3")) {
      String why = "images in S3 start only types of instances that are no longer offered";
      replace("volume.backing", "ebs", why);
      for (String key :
          List.of(
              "bucket",
              "credentials.certificate",
              "credentials.private-key",
              "credentials.user-id")) {
        entry("provider." + key).ifPresent(entry -> remove(entry, "provider." + key, why));
      }
    }
  }

  /** Texts are not ours to change, but a person wants to know of them. */
  private void lookForTheOldName(Node node, String path) {
    if (old.name().equals(current.name())) {
      return;
    }
    if (node instanceof ScalarNode scalar) {
      if (!changed.contains(node)
          && Pattern.compile("(?i)\\b" + Pattern.quote(old.codename()) + "\\b")
              .matcher(scalar.getValue())
              .find()) {
        hint(node, path, "still says " + old.codename(), "see whether that should change");
      }
    } else if (node instanceof SequenceNode list) {
      for (int i = 0; i < list.getValue().size(); i++) {
        lookForTheOldName(list.getValue().get(i), path + "." + i);
      }
    }
    for (Entry entry : entries(node)) {
      lookForTheOldName(entry.value(), path.isEmpty() ? entry.name() : path + "." + entry.name());
    }
  }

  // --- changing, with a record of it ---

  private void replace(String path, String now, String why) {
    replaceItem(entry(path).orElseThrow().value(), path, now, why);
  }

  private void replaceItem(Node node, String path, String now, String why) {
    String before = scalar(node).orElseThrow();
    text.replace(node, now, "was " + before + ": " + why);
    change(node, path, before + " is now " + now, why);
  }

  private void rewrite(Node node, String path, UnaryOperator<String> how, String why) {
    String before = scalar(node).orElseThrow();
    text.rewrite(node, how, "was " + before + ": " + why);
    change(node, path, before + " is now " + how.apply(before), why);
  }

  private void addKey(Entry behind, String map, String key, String value, String why) {
    text.addKey(behind, key, value, "added: " + why);
    changes.add(new Change(location(behind.value()), map + "." + key, value + " is added", why));
  }

  private void remove(Entry entry, String path, String why) {
    text.remove(entry, "removed: " + why);
    change(entry.key(), path, "is removed", why);
    changed.add(entry.value());
  }

  private void change(Node node, String path, String what, String why) {
    changed.add(node);
    changes.add(new Change(location(node), path, what, why));
  }

  private void hint(Node node, String path, String what, String why) {
    changed.add(node);
    hints.add(new Change(location(node), path, what, why));
  }

  private Location location(Node node) {
    return new Location(file, ManifestText.line(node), ManifestText.column(node));
  }

  // --- reading ---

  private Optional<Entry> entry(String path) {
    return text.entry(path.split("\\."));
  }

  private String value(String path) {
    return entry(path).map(Entry::value).flatMap(ManifestText::scalar).orElse("");
  }

  private Optional<SequenceNode> list(String path) {
    return entry(path)
        .map(Entry::value)
        .filter(SequenceNode.class::isInstance)
        .map(SequenceNode.class::cast);
  }

  private List<String> values(String path) {
    return list(path).map(SequenceNode::getValue).orElse(List.of()).stream()
        .map(item -> scalar(item).orElse(""))
        .toList();
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.filesystem.Format;
import org.bootstrapvz.common.filesystem.UnmountRoot;
import org.bootstrapvz.common.folder.CopyFolder;
import org.osgi.service.component.annotations.Component;

/**
 * Searches the finished root for texts that identify the build host, and for keys and identifiers
 * that all machines made from the image would share. Warns of each, with its file and package.
 */
@Component
@TaskDefinition(
    description = "Searching for traces of the build host",
    phase = Phase.VOLUME_UNMOUNTING,
    predecessors = UnmountRoot.class,
    successors = {Format.class, CopyFolder.class},
    before = "org.bootstrapvz.provider.docker.image.CreateLayer")
public final class FindTraces implements Task {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----\r?\n");

  /** What dpkg recorded about packages, and the sources, which name mirrors of the host. */
  private static final List<String> SKIPPED =
      List.of(
          "etc/apt/sources.list",
          "var/lib/dpkg/available",
          "var/lib/dpkg/info/",
          "var/lib/dpkg/status",
          "var/lib/apt/lists/");

  /** Larger files are data of programs. */
  private static final long LARGEST = 32 << 20;

  private static final List<byte[]> COMPRESSED =
      List.of(
          new byte[] {0x1f, (byte) 0x8b},
          new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd},
          new byte[] {(byte) 0xfd, '7', 'z'});

  @Override
  public void run(Build build) throws IOException {
    search(build, HostTraces.of(Path.of("/"), System.getenv()));
  }

  static void search(Build build, HostTraces traces) throws IOException {
    Root root = build.root();
    PackageFiles packages = new PackageFiles(root);
    dropMeant(traces, build);
    traces.add("workspace", build.workspace().toAbsolutePath().toString());
    Set<String> copied = contentsOf(build.manifest().hostFiles());
    Map<String, Set<String>> found = new TreeMap<>();
    Path top = root.resolve("/");
    Files.walkFileTree(
        top,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String file = top.relativize(path).toString();
            if (attributes.isRegularFile() && attributes.size() <= LARGEST) {
              Set<String> kinds = examine(path, file, packages, traces, copied);
              if (!kinds.isEmpty()) {
                found.put(file, kinds);
              }
            }
            return FileVisitResult.CONTINUE;
          }
        });
    for (String pattern : UniqueFiles.REPORTED) {
      for (String file : RootFiles.matching(root, pattern)) {
        if (root.isFile(file) && !root.read(file).isEmpty()) {
          found.computeIfAbsent(file, key -> new TreeSet<>()).add("identity of a single machine");
        }
      }
    }
    found.forEach((file, kinds) -> build.warn(message(file, kinds, packages)));
  }

  private static String message(String file, Set<String> kinds, PackageFiles packages) {
    String owner = packages.ownerOf(file).map(name -> " (package " + name + ")").orElse("");
    boolean unique = kinds.stream().anyMatch(kind -> kind.contains(" of a single machine"));
    return "/"
        + file
        + owner
        + " contains "
        + String.join(", ", kinds)
        + (unique
            ? ": all machines made from this image share it. Delete it with the plugin commands and"
                + " generate it at the first boot"
            : " of the build host. Change it with the plugin commands");
  }

  private static Set<String> examine(
      Path path, String file, PackageFiles packages, HostTraces traces, Set<String> copied)
      throws IOException {
    boolean changeable = file.startsWith("etc/") || file.startsWith("var/");
    // Python compiles the sources of packages, and so may have a text of them.
    if (packages.contain(file) && !changeable
        || file.endsWith(".pyc")
        || SKIPPED.stream().anyMatch(file::startsWith)
        || !Files.isReadable(path)) {
      return Set.of();
    }
    byte[] content = Files.readAllBytes(path);
    if (COMPRESSED.stream()
        .anyMatch(
            magic ->
                Arrays.equals(
                    magic, Arrays.copyOf(content, Math.min(magic.length, content.length))))) {
      return Set.of();
    }
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (copied.contains(text)) {
      return Set.of();
    }
    Set<String> kinds = new TreeSet<>();
    traces.in(text).forEach(kind -> kinds.add("the " + kind));
    if (!packages.contain(file) && PRIVATE_KEY.matcher(text).find()) {
      kinds.add("the private key of a single machine");
    }
    // A word in it says nothing about the host: every image has the same file.
    return packages.brought(file, content) ? Set.of() : kinds;
  }

  /**
   * A text of the manifest is meant to be in the image. A word in the descriptions of packages, or
   * the name of an account or kernel of the image, says nothing about the host.
   */
  private static void dropMeant(HostTraces traces, Build build) throws IOException {
    Root root = build.root();
    dropMeant(traces, build.manifest().root());
    for (String file : List.of("var/lib/dpkg/status", "etc/passwd")) {
      if (root.isFile(file)) {
        traces.without(
            new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.ISO_8859_1));
      }
    }
    for (String release : root.list("lib/modules")) {
      traces.without(release);
    }
    Manifest manifest = build.manifest();
    if (manifest.at("system.locale").exists() && manifest.at("system.charmap").exists()) {
      String locale =
          manifest.at("system.locale").text() + "." + manifest.at("system.charmap").text();
      traces.without("LANG=" + locale + " LC_ALL=" + locale);
    }
  }

  private static void dropMeant(HostTraces traces, ManifestValue value) {
    if (value.isScalar()) {
      traces.without(value.text());
    }
    if (value.isMap()) {
      value.entries().values().forEach(each -> dropMeant(traces, each));
    } else if (value.isList()) {
      value.items().forEach(each -> dropMeant(traces, each));
    }
  }

  /** The contents of the files that the manifest copies into the image. */
  private static Set<String> contentsOf(List<HostFile> files) throws IOException {
    Set<String> contents = new HashSet<>();
    for (HostFile file : files) {
      if (Files.isRegularFile(file.file())
          && Files.isReadable(file.file())
          && Files.size(file.file()) <= LARGEST) {
        contents.add(new String(Files.readAllBytes(file.file()), StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}

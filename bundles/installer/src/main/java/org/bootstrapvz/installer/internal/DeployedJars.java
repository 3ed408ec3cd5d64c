/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.installer.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bootstrapvz.api.file.DurableFile;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.RepositoryException;

/**
 * The jars that the installer moved into the deploy directory, with a list of them in that
 * directory. Only one process at a time has it open.
 */
final class DeployedJars implements AutoCloseable {
  private static final String LIST = ".installed";
  private static final String NEW = ".new";
  private static final String ASKED = "asked";
  private static final String NEEDED = "needed";

  private final Path folder;
  private final FileChannel lock;

  /** The reason for the presence of each jar: requested, or required by others. */
  private final TreeMap<String, String> files = new TreeMap<>();

  /**
   * A jar to be moved into the deploy directory.
   *
   * @param file its current location
   */
  record Checked(Path file, String bundle, String version, boolean asked) {}

  private DeployedJars(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Waits until no other process has it open. */
  static DeployedJars open(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LIST + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      lock.lock();
      DeployedJars jars = new DeployedJars(folder, lock);
      jars.read();
      return jars;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private void read() throws IOException {
    Path list = folder.resolve(LIST);
    if (Files.exists(list)) {
      Properties properties = new Properties();
      try (var reader = Files.newBufferedReader(list)) {
        properties.load(reader);
      }
      properties.stringPropertyNames().stream()
          .filter(name -> Files.exists(folder.resolve(name)))
          .forEach(name -> files.put(name, properties.getProperty(name)));
    }
  }

  private void write() throws IOException {
    Properties properties = new Properties();
    properties.putAll(files);
    Path written = folder.resolve(LIST + NEW);
    try (OutputStream out = Files.newOutputStream(written)) {
      properties.store(out, "What \"bootstrap-vz plugins install\" put here");
    }
    DurableFile.move(written, folder.resolve(LIST));
  }

  boolean has(String file) {
    return files.containsKey(file);
  }

  /** The jars that are only there because others require them. */
  Set<String> onlyNeeded() {
    Set<String> needed = new TreeSet<>(files.keySet());
    needed.removeIf(file -> isAsked(file));
    return needed;
  }

  boolean isAsked(String file) {
    return ASKED.equals(files.get(file));
  }

  /** Records that a jar that is already there was requested. */
  void ask(String file) throws IOException {
    if (has(file) && !isAsked(file)) {
      files.put(file, ASKED);
      write();
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * An empty directory on the same filesystem, outside of what File Install watches. Files that an
   * earlier process left in it are deleted.
   */
  Path workplace() throws IOException {
    Path place = Files.createDirectories(folder.resolve(LIST + ".work"));
    clear(place);
    return place;
  }

  private static void clear(Path place) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(place)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /**
   * Moves jars into the directory, each atomically. If one cannot be moved, none stays.
   *
   * @param replaced files whose bundles are replaced
   * @param taken tells whether the bundle of a file must stay
   */
  List<InstalledJar> put(List<Checked> jars, Collection<String> replaced, Predicate<String> taken)
      throws RepositoryException, IOException {
    List<InstalledJar> installed = new ArrayList<>();
    for (Checked jar : jars) {
      installed.add(
          new InstalledJar(
              folder.resolve(name(jar, replaced, taken)),
              jar.bundle(),
              jar.version(),
              jar.asked()));
    }
    // The list is written first: an entry without a file is harmless, but a file without an entry
    // counts as copied by hand.
    for (InstalledJar jar : installed) {
      files.merge(
          jar.file().getFileName().toString(),
          jar.asked() ? ASKED : NEEDED,
          (before, now) -> before.equals(ASKED) ? before : now);
    }
    write();
    List<Path> moved = new ArrayList<>();
    try {
      for (int i = 0; i < jars.size(); i++) {
        Path target = installed.get(i).file();
        boolean isNew = !Files.exists(target);
        DurableFile.move(jars.get(i).file(), target);
        if (isNew) {
          moved.add(target);
        }
      }
    } catch (IOException e) {
      for (Path target : moved) {
        Files.deleteIfExists(target);
      }
      throw e;
    }
    for (String file : replaced) {
      if (installed.stream().noneMatch(jar -> jar.file().endsWith(file))) {
        delete(file);
      }
    }
    return installed;
  }

  private String name(Checked jar, Collection<String> replaced, Predicate<String> taken)
      throws RepositoryException {
    String plain = jar.bundle() + ".jar";
    if (!Files.exists(folder.resolve(plain))
        || has(plain) && (replaced.contains(plain) || !taken.test(plain))) {
      return plain;
    }
    String versioned = jar.bundle() + "-" + jar.version() + ".jar";
    if (Files.exists(folder.resolve(versioned)) && !has(versioned)) {
      throw new RepositoryException(
          folder.resolve(versioned) + " is in the way; it was copied there by hand");
    }
    return versioned;
  }

  void delete(String file) throws IOException {
    Files.deleteIfExists(folder.resolve(file));
    files.remove(file);
    write();
  }

  @Override
  public void close() throws IOException {
    try {
      Path place = folder.resolve(LIST + ".work");
      if (Files.exists(place)) {
        clear(place);
        Files.delete(place);
      }
    } finally {
      lock.close();
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bootstrapvz.api.file.PrivateDirectory;

/**
 * The files of an isolated build: a directory of this user, in the directory for its artefacts,
 * with directories in it that belong to the build.
 *
 * <p>Whatever is in those can be chosen by an attacker. This process opens and changes it only when
 * all processes of the build have ended, and never follows a link there.
 */
final class IsolatedFiles {
  /** The directory in the workspace of a build. */
  static final String NAME = ".isolated";

  private static final String WORKSPACE = "workspace";
  private static final String STATE = "state";

  /** Directories of the build, with the place where it finds them. */
  private static final Map<String, String> OWN =
      Map.of(
          STATE,
          "/run/bootstrap-vz/state",
          "cache",
          "/run/bootstrap-vz/cache",
          "log",
          "/run/bootstrap-vz/log",
          "deploy",
          "/run/bootstrap-vz/deploy",
          "home",
          "/root",
          "tmp",
          "/tmp",
          "var-tmp",
          "/var/tmp");

  private static final Set<String> SHARED = Set.of("tmp", "var-tmp");

  /** Users that programs look up by name. */
  private static final List<String> ACCOUNTS =
      List.of("root", "nobody", "nogroup", "_apt", "tty", "disk", "mail", "shadow", "utmp");

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> WRITABLE_BY_OTHERS =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private final Path directory;
  private final Path workspace;
  private final IdRange range;

  private IsolatedFiles(Path directory, Path workspace, IdRange range) {
    this.directory = directory;
    this.workspace = workspace;
    this.range = range;
  }

  /** Creates them; what a former process of the same build left there stays, and is handed over. */
  static IsolatedFiles in(Path directory, Path workspace, IdRange range) throws IOException {
    IsolatedFiles files =
        new IsolatedFiles(PrivateDirectory.create(directory).path(), workspace, range);
    files.make(WORKSPACE);
    for (String each : OWN.keySet()) {
      files.make(each);
      if (SHARED.contains(each)) {
        // Commands of other users of the build use it, too.
        Commands.run(List.of("chmod", "1777", "--", files.own(each).toString()));
      }
    }
    for (String each : List.of("passwd", "group")) {
      Path file = files.host(each);
      Files.write(
          file,
          Files.readAllLines(Path.of("/etc", each), StandardCharsets.ISO_8859_1).stream()
              .filter(line -> ACCOUNTS.contains(line.substring(0, Math.max(0, line.indexOf(':')))))
              .toList(),
          StandardCharsets.ISO_8859_1);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    return files;
  }

  private void make(String name) throws IOException {
    Path path = own(name);
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      // A former process of the build used other ids. chown follows no link.
      String id = Integer.toUnsignedString(range.first());
      Commands.run(
          List.of(
              "chown", "--recursive", "--no-dereference", id + ":" + id, "--", path.toString()));
    } else {
      Files.createDirectory(path, OWNER_ONLY);
      give(path);
    }
  }

  private Path own(String name) {
    return directory.resolve(name);
  }

  /** A file of this user that the build can only read. */
  Path host(String name) {
    return directory.resolve("host-" + name);
  }

  private void give(Path path) throws IOException {
    chown(path, range.first());
  }

  private static void chown(Path path, int id) throws IOException {
    Files.setAttribute(path, "unix:uid", id, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:gid", id, LinkOption.NOFOLLOW_LINKS);
  }

  /** Copies a file for the build, which alone can read it; returns the copy. */
  Path copy(Path file, String name) throws IOException {
    Path copy = host(name);
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r--------"));
    give(copy);
    return copy;
  }

  /** Copies a jar into the deploy directory of the build. */
  void deploy(Path jar) throws IOException {
    Path copy = own("deploy").resolve(jar.getFileName().toString());
    Files.copy(jar, copy);
    give(copy);
  }

  /** Adds the directories of the build to what it sees. */
  void addTo(HostView view) {
    OWN.forEach((name, place) -> view.write(own(name), Path.of(place)));
    view.read(host("passwd"), Path.of("/etc/passwd"));
    view.read(host("group"), Path.of("/etc/group"));
    view.write(own(WORKSPACE), workspace);
  }

  /** Where the build has a directory. */
  static String place(String name) {
    return Objects.requireNonNull(OWN.get(name), name);
  }

  /** Whether the engine of the build has noted something that it has to release. */
  boolean hasJournals() {
    String[] names = own(STATE).resolve("journal").toFile().list();
    return names != null && names.length > 0;
  }

  /**
   * Moves an artefact to the place at which the build saw it. It then belongs to this user, as if
   * root had built it.
   *
   * @throws IOException if it is not a regular file or a directory, or something else is there
   */
  void collect(Path artefact, UserNamespace namespace) throws IOException {
    Path made = own(WORKSPACE).resolve(artefact.getFileName().toString());
    if (Files.exists(artefact, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(artefact.toString());
    }
    if (Files.isDirectory(made, LinkOption.NOFOLLOW_LINKS)) {
      copyTree(made, artefact, namespace);
    } else if (Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS)) {
      chown(made, 0);
      Set<PosixFilePermission> mode =
          EnumSet.copyOf(Files.getPosixFilePermissions(made, LinkOption.NOFOLLOW_LINKS));
      mode.removeAll(WRITABLE_BY_OTHERS);
      Files.setPosixFilePermissions(made, mode); // also clears the bits setuid and setgid
      Files.move(made, artefact, StandardCopyOption.ATOMIC_MOVE);
    } else {
      throw new IOException(artefact + " is not a regular file or a directory");
    }
  }

  /**
   * Copies it with tar, which reads it as root of the namespace and writes it as root of the host:
   * the kernel translates the ids of owners, access control lists and capabilities.
   */
  private static void copyTree(Path from, Path to, UserNamespace namespace) throws IOException {
    Files.createDirectory(to, OWNER_ONLY);
    List<String> attributes =
        List.of("--numeric-owner", "--acls", "--xattrs", "--xattrs-include=security.capability");
    List<String> read = new ArrayList<>(namespace.enter("tar", "--create", "--sparse"));
    read.addAll(attributes);
    read.addAll(List.of("--file=-", "."));
    List<String> write = new ArrayList<>(List.of("tar", "--extract", "--preserve-permissions"));
    write.addAll(attributes);
    write.add("--file=-");
    Commands.pipe(read, from, write, to);
  }

  /** Deletes everything. All processes of the build have ended. */
  void delete() throws IOException {
    // rm follows no link, whatever is in there, and deletes what Java has no permission bits for.
    Commands.run(
        List.of("rm", "--recursive", "--force", "--one-file-system", "--", directory.toString()));
  }
}

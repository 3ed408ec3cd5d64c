/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.Objects;

/**
 * Owner and mode of a path, without following a link.
 *
 * @param uid the number of its owner
 * @param mode its type and permissions, like {@code st_mode} of {@code stat(2)}
 */
record FileStatus(Path path, int uid, int mode) {
  private static final int TYPE = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int STICKY = 01000;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int PERMISSIONS = 07777;

  static FileStatus of(Path path) throws IOException {
    Map<String, Object> status = Files.readAttributes(path, "unix:uid,mode", NOFOLLOW_LINKS);
    return new FileStatus(path, number(status, "uid"), number(status, "mode"));
  }

  private static int number(Map<String, Object> status, String name) {
    return (int) Objects.requireNonNull(status.get(name), name);
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  boolean isRegularFile() {
    return (mode & TYPE) == REGULAR;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  /** Whether only the owner of an entry of this directory can rename or delete it. */
  boolean isSticky() {
    return (mode & STICKY) != 0;
  }

  /**
   * Whether anybody but its owner and root can write to it. Distributions give each user a group of
   * the same name, and some create directories that it may write to; nobody else is in it.
   */
  boolean isWritableByOthers() throws IOException {
    return (mode & OTHERS_WRITE) != 0 || (mode & GROUP_WRITE) != 0 && !hasPrivateGroup();
  }

  private boolean hasPrivateGroup() throws IOException {
    PosixFileAttributes names =
        Files.readAttributes(path, PosixFileAttributes.class, NOFOLLOW_LINKS);
    return names.group().getName().equals(names.owner().getName());
  }

  /** For messages: "belongs to ada and has mode 0755". */
  String description() throws IOException {
    return "belongs to %s and has mode %04o"
        .formatted(Files.getOwner(path, NOFOLLOW_LINKS).getName(), mode & PERMISSIONS);
  }
}

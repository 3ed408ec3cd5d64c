/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.UUID;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The folder in which this appliance keeps what must outlive it, readable by its user only. Held by
 * one process at a time.
 */
@Component(service = StateFolder.class)
public final class StateFolder {
  /** Framework property: the folder that holds what must outlive a process. */
  private static final String STATE = "bootstrapvz.state";

  private final Path path;
  private final String instance;
  private final FileChannel lock;

  /** With the state folder that the framework's properties name. */
  @Activate
  public StateFolder(BundleContext context) throws IOException {
    this(
        Path.of(
                Objects.requireNonNull(
                    context.getProperty(STATE), "The framework property " + STATE + " is not set"))
            .resolve("appliance"));
  }

  /** With a folder, which is made if it is missing. */
  public StateFolder(Path path) throws IOException {
    this.path = path.toAbsolutePath();
    Files.createDirectories(
        this.path,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    lock =
        FileChannel.open(
            this.path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isMine(lock)) {
      lock.close();
      throw new IOException("Another appliance runs with the state folder " + this.path);
    }
    Path file = this.path.resolve("instance");
    if (Files.notExists(file)) {
      Files.writeString(file, UUID.randomUUID().toString().substring(0, 8));
    }
    instance = Files.readString(file);
    emptyScratch();
  }

  private void emptyScratch() throws IOException {
    Files.createDirectories(scratch());
    try (DirectoryStream<Path> left = Files.newDirectoryStream(scratch())) {
      for (Path each : left) {
        Files.delete(each);
      }
    }
  }

  private static boolean isMine(FileChannel channel) throws IOException {
    try {
      FileLock held = channel.tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  /**
   * A folder for files that need not outlive the process, such as manifests, which may hold
   * passwords: what is left in it is deleted at the next start.
   */
  public Path scratch() {
    return path.resolve("scratch");
  }

  /** What tells this appliance from all others, also after a restart: 8 hexadecimal digits. */
  public String instance() {
    return instance;
  }

  /** Lets another process have the folder. */
  @Deactivate
  public void close() throws IOException {
    lock.close();
  }
}

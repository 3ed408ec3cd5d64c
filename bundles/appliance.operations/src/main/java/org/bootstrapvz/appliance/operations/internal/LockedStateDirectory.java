/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

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
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** The state directory, locked for this process by a file in it. */
@Component(service = StateDirectory.class)
public final class LockedStateDirectory implements StateDirectory {
  /** Framework property: the directory for everything that must survive a restart. */
  private static final String STATE = "bootstrapvz.state";

  private final Path path;
  private final String instance;
  private final FileChannel lock;

  /** Uses the state directory that the framework property names. */
  @Activate
  public LockedStateDirectory(BundleContext context) throws IOException {
    this(
        Path.of(
                Objects.requireNonNull(
                    context.getProperty(STATE), "The framework property " + STATE + " is not set"))
            .resolve("appliance"));
  }

  /** Uses a directory, which is created if it is missing. */
  public LockedStateDirectory(Path path) throws IOException {
    this.path = path.toAbsolutePath();
    Files.createDirectories(
        this.path,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    lock =
        FileChannel.open(
            this.path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isMine(lock)) {
      lock.close();
      throw new IOException("Another appliance is using the state directory " + this.path);
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

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Path scratch() {
    return path.resolve("scratch");
  }

  @Override
  public String instance() {
    return instance;
  }

  /** Releases the lock. */
  @Deactivate
  public void close() throws IOException {
    lock.close();
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.osgi.service.component.annotations.Component;

/**
 * Releases directories of the host by deleting them with their content, except delivered files.
 * Does not follow links and does not delete mounts in the directory.
 */
@Component(property = ResourceType.TYPE + "=" + ResourceSpec.FOLDER)
public final class FolderResource implements ResourceType {
  private final Path mountTable;

  /** Uses the mounts that this process sees. */
  public FolderResource() {
    this(Path.of("/proc/self/mountinfo"));
  }

  FolderResource(Path mountTable) {
    this.mountTable = mountTable;
  }

  @Override
  public void release(ResourceSpec spec, ReleaseContext context)
      throws BuildException, IOException {
    Optional<HostPath> folder = HostPath.of(spec);
    if (folder.isPresent()) {
      refuseMounts(folder.get().path());
      delete(folder.get().path(), device(folder.get().parent()), folder.get());
    }
  }

  /** A bind mount cannot be recognised by its device, so the table of mounts is checked first. */
  private void refuseMounts(Path folder) throws BuildException, IOException {
    for (String line : Files.readAllLines(mountTable)) {
      Path mounted = Path.of(unescape(line.split(" ")[4]));
      if (mounted.startsWith(folder)) {
        throw mounted(mounted);
      }
    }
  }

  /** The kernel writes space, tab, newline and backslash as three octal digits. */
  private static String unescape(String path) {
    return path.replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  private void delete(Path path, Object device, HostPath target)
      throws BuildException, IOException {
    if (target.delivered(path)) {
      return;
    }
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      if (!device(path).equals(device)) {
        throw mounted(path);
      }
      for (Path child : children(path)) {
        delete(child, device, target);
      }
    }
    if (!target.mustStay(path)) {
      Files.deleteIfExists(path);
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    if (!Files.isReadable(folder) || !Files.isWritable(folder) || !Files.isExecutable(folder)) {
      // Its owner may have removed his own permissions.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList();
    }
  }

  private static Object device(Path path) throws IOException {
    return Files.getAttribute(path, "unix:dev", NOFOLLOW_LINKS);
  }

  private static BuildException mounted(Path mounted) {
    return new BuildException(
        "something is mounted on " + mounted + "; it is deleted once that is unmounted");
  }
}

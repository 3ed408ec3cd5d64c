/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.extension.NamedFilesystem;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.volume.TreeSize;
import org.bootstrapvz.volume.DiskSpace;
import org.bootstrapvz.volume.FilesystemWriter;
import org.bootstrapvz.volume.ImageFile;
import org.bootstrapvz.volume.Partition;
import org.bootstrapvz.volume.TreeMeasurement;
import org.bootstrapvz.volume.VolumeLayout;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the filesystems from the root and writes them into the volume.
 *
 * <p>A filesystem contains everything below its mount point except for other filesystems. It is
 * read through a bind mount in which empty directories cover the other mount points.
 */
@Component
@TaskDefinition(
    description = "Creating the filesystems",
    phase = Phase.VOLUME_UNMOUNTING,
    requires = {VolumeLayout.class, ImageFile.class, Root.class},
    collects = NamedFilesystem.class)
public final class Format implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    VolumeLayout layout = build.require(VolumeLayout.class);
    List<Resource> views = new ArrayList<>();
    Map<Partition, Path> trees = new LinkedHashMap<>();
    Map<Partition, TreeSize> sizes = new LinkedHashMap<>();
    for (Partition partition : layout.partitions()) {
      if (partition.mountPoint().isPresent()) {
        trees.put(partition, tree(build, layout, partition, views));
        sizes.put(partition, TreeMeasurement.of(build.sandbox(), trees.get(partition)));
      } else if (partition.filesystem().isPresent()) {
        trees.put(partition, build.root().path());
        sizes.put(partition, new TreeSize(0, 0, 0, 0));
      }
    }
    requireDiskSpace(build, sizes);
    FilesystemWriter writer =
        new FilesystemWriter(
            build.sandbox(),
            build.require(ImageFile.class),
            build.workspace(),
            build.manifest(),
            build.all(NamedFilesystem.class));
    int done = 0;
    for (Map.Entry<Partition, Path> entry : trees.entrySet()) {
      Partition partition = entry.getKey();
      build.progress(
          (double) done++ / trees.size(),
          partition.filesystem().orElseThrow() + " for " + partition.name());
      writer.write(partition, entry.getValue(), Objects.requireNonNull(sizes.get(partition)));
    }
    for (Resource view : views) {
      view.release();
    }
  }

  /** The content of a partition, as a path in the sandbox. */
  private static Path tree(
      Build build, VolumeLayout layout, Partition partition, List<Resource> views)
      throws BuildException, IOException {
    String at = partition.mountPoint().orElseThrow();
    Path folder = build.root().path().resolve(at.substring(1));
    List<String> covered =
        layout.mounted().stream()
            .filter(other -> !other.equals(partition))
            .map(other -> other.mountPoint().orElseThrow())
            .filter(partition::covers)
            .filter(path -> layout.holding(parent(path)).equals(partition))
            .toList();
    if (covered.isEmpty()) {
      return folder;
    }
    Path view = build.workspace().resolve("view-" + partition.index());
    Files.createDirectory(view);
    views.add(
        build.acquire(
            ResourceSpec.mount(view, at + " of the root"),
            () -> {
              build.run(Command.of("mount", "--bind", folder.toString(), view.toString()));
              for (String path : covered) {
                cover(build, path, view.resolve(partition.inside(path).substring(1)));
              }
            }));
    return view;
  }

  private static String parent(String path) {
    return Objects.requireNonNull(Path.of(path).getParent(), "A covered path is not /").toString();
  }

  /**
   * The content of a mount point before anything is mounted on it: a directory with its owner and
   * mode.
   */
  private static void cover(Build build, String path, Path target)
      throws BuildException, IOException {
    Map<String, Object> folder = Files.readAttributes(build.root().resolve(path), "unix:*");
    int mode = (Integer) Objects.requireNonNull(folder.get("mode"));
    String options =
        String.format(
            "mode=%o,uid=%s,gid=%s,size=64k", mode & 07777, folder.get("uid"), folder.get("gid"));
    build.run(Command.of("mount", "-t", "tmpfs", "-o", options, "tmpfs", target.toString()));
  }

  /** During the conversion of an image there are two copies of it. */
  private static void requireDiskSpace(Build build, Map<Partition, TreeSize> sizes)
      throws BuildException, IOException {
    Bytes content =
        sizes.values().stream().map(TreeSize::content).reduce(new Bytes(0), Bytes::plus);
    int copies = build.manifest().imageFormat().isConverted() ? 2 : 1;
    Bytes needed = content.plus(content.dividedBy(20)).plus(Bytes.mebibytes(16)).times(copies);
    DiskSpace.require(build.workspace(), needed, "the image");
  }
}

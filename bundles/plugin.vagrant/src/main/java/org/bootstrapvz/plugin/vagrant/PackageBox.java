/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.vagrant;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.common.image.ConvertedImage;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.image.StreamOptimizedDisk;
import org.bootstrapvz.common.ovf.MacAddress;
import org.bootstrapvz.common.ovf.OvfDescriptor;
import org.osgi.service.component.annotations.Component;

/** Packs the disk and its metadata for Vagrant into a box. */
@Component
@TaskDefinition(
    description = "Packing the box",
    phase = Phase.IMAGE_REGISTRATION,
    collects = {ConvertedImage.class, StreamOptimizedDisk.class},
    commands = {"tar (tar)", "gzip (gzip)"})
public final class PackageBox implements Task {
  static final String EXTENSION = "box";

  /** The offset of the disk size in the header of a qcow2. */
  private static final int QCOW2_CAPACITY_AT = 24;

  @Override
  public void run(Build build) throws BuildException, IOException {
    Path folder = build.workspace().resolve("vagrant");
    build.acquire(ResourceSpec.folder(folder), () -> Files.createDirectory(folder));
    boolean virtualBox = BoxProvider.of(build.manifest()) == BoxProvider.VIRTUALBOX;
    List<String> members =
        virtualBox ? fillForVirtualBox(build, folder) : fillForLibvirt(build, folder);
    Path box = build.workspace().resolve("vagrant.box");
    // A stream-optimized disk is already compressed.
    String compressor = virtualBox ? "gzip --fast" : "gzip";
    Command pack =
        Command.of("tar", "--create", "--dereference", "--use-compress-program=" + compressor)
            .with("--owner=0", "--group=0", "--numeric-owner", "--mode=0644")
            .with("--file=" + box, "--directory=" + folder)
            .with(members);
    build.acquire(ResourceSpec.file(box), () -> build.run(pack));
    MoveImage.deliver(build, box, EXTENSION);
  }

  private static List<String> fillForVirtualBox(Build build, Path folder) throws IOException {
    String diskName = "box-disk1.vmdk";
    StreamOptimizedDisk disk = build.all(StreamOptimizedDisk.class).get(0);
    MacAddress mac = MacAddress.ofVirtualBox(new SecureRandom());
    Bytes size = new Bytes(Files.size(disk.path()));
    OvfDescriptor descriptor =
        OvfDescriptor.of(
            build.manifest(), new OvfDescriptor.Disk(diskName, size, disk.capacity()), mac);
    boolean sharing = build.manifest().at("provider.guest_additions").exists();
    List<String> members =
        new ArrayList<>(fill(folder, Box.metadata(), Box.vagrantfile(mac, sharing)));
    Files.writeString(folder.resolve("box.ovf"), descriptor.xml());
    Files.createSymbolicLink(folder.resolve(diskName), disk.path());
    members.addAll(List.of("box.ovf", diskName));
    return members;
  }

  private static List<String> fillForLibvirt(Build build, Path folder) throws IOException {
    Path disk = build.all(ConvertedImage.class).get(0).path();
    List<String> members =
        new ArrayList<>(fill(folder, Box.metadata(capacityOfQcow2(disk)), Box.vagrantfile()));
    Files.createSymbolicLink(folder.resolve("box.img"), disk);
    members.add("box.img");
    return members;
  }

  private static List<String> fill(Path folder, String metadata, String vagrantfile)
      throws IOException {
    Files.writeString(folder.resolve("metadata.json"), metadata);
    Files.writeString(folder.resolve("Vagrantfile"), vagrantfile);
    return List.of("metadata.json", "Vagrantfile");
  }

  private static Bytes capacityOfQcow2(Path image) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "r")) {
      file.seek(QCOW2_CAPACITY_AT);
      return new Bytes(file.readLong());
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.ova;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Sha256;
import org.bootstrapvz.common.image.MoveImage;
import org.bootstrapvz.common.image.StreamOptimizedDisk;
import org.bootstrapvz.common.ovf.MacAddress;
import org.bootstrapvz.common.ovf.OvfDescriptor;
import org.osgi.service.component.annotations.Component;

/**
 * Packs disk, descriptor and checksums into one file that VirtualBox imports: a tar archive with
 * the descriptor first and the checksums second, as OVF requires.
 */
@Component
@TaskDefinition(
    description = "Packing the OVA",
    phase = Phase.IMAGE_REGISTRATION,
    requires = StreamOptimizedDisk.class,
    commands = "tar (tar)")
public final class PackageOva implements Task {
  private static final String DISK = "disk1.vmdk";

  /** The headers of ustar, the only format that OVF allows, are limited to 8 GiB. */
  private static final long LARGEST = 8L << 30;

  @Override
  public void run(Build build) throws BuildException, IOException {
    StreamOptimizedDisk disk = build.require(StreamOptimizedDisk.class);
    Bytes size = new Bytes(Files.size(disk.path()));
    if (size.count() >= LARGEST) {
      throw new BuildException(
          "An OVA holds files of less than 8GiB, and the compressed disk has "
              + size
              + ". Make the image smaller or leave provider.ova out");
    }
    String name = build.manifest().name();
    Path folder = build.workspace().resolve("ova");
    build.acquire(ResourceSpec.folder(folder), () -> Files.createDirectory(folder));
    Path descriptor = folder.resolve(name + ".ovf");
    Files.writeString(
        descriptor,
        OvfDescriptor.of(
                build.manifest(),
                new OvfDescriptor.Disk(DISK, size, disk.capacity()),
                MacAddress.ofVirtualBox(new SecureRandom()))
            .xml());
    Files.createSymbolicLink(folder.resolve(DISK), disk.path());
    Path checksums = folder.resolve(name + ".mf");
    Files.writeString(checksums, checksum(descriptor, name + ".ovf") + checksum(disk.path(), DISK));
    Path ova = build.workspace().resolve("machine.ova");
    Command pack =
        Command.of("tar", "--create", "--format=ustar", "--dereference")
            .with("--owner=0", "--group=0", "--numeric-owner", "--mode=0644")
            .with("--file=" + ova, "--directory=" + folder, "--")
            .with(name + ".ovf", name + ".mf", DISK);
    build.acquire(ResourceSpec.file(ova), () -> build.run(pack));
    MoveImage.deliver(build, ova, "ova");
  }

  private static String checksum(Path file, String name) throws IOException {
    return "SHA256(" + name + ")= " + Sha256.of(file) + "\n";
  }
}

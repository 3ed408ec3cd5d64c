package org.bootstrapvz.provider.kvm.packages;

import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.api.packages.PackageRequest;
import org.osgi.service.component.annotations.Component;

/** Adds the kernel and what a system needs to boot to a login: minbase, unlike a machine, needs no init. */
@Component
@TaskDefinition(
    description = "Adding the packages a virtual machine needs",
    phase = Phase.PREPARATION,
    provides = PackageRequest.class)
public final class DefaultPackages implements Task {
  private static final Map<String, String> KERNELS =
      Map.of(
          "amd64", "linux-image-amd64",
          "arm64", "linux-image-arm64",
          "i386", "linux-image-686-pae");

  @Override
  public void run(Build build) throws BuildException {
    String architecture = build.manifest().architecture();
    String kernel = KERNELS.get(architecture);
    if (kernel == null) {
      throw new BuildException(
          "The provider kvm knows no kernel package for the architecture " + architecture);
    }
    // zstd lets initramfs-tools use its fastest compressor instead of falling back to gzip.
    for (String name : List.of(kernel, "init", "udev", "dbus", "zstd")) {
      build.provide(PackageRequest.class, PackageRequest.of(name));
    }
  }
}

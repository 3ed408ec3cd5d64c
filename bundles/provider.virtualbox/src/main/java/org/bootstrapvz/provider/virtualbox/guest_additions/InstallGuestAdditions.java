/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.virtualbox.guest_additions;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelPackages;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/**
 * Installs the guest additions. Their installer calls {@code uname} to find the kernel to compile
 * for; a stub answers with that of the image. Its exit status is not reliable, since it cannot load
 * a module here. Success means that the modules exist.
 */
@Component
@TaskDefinition(
    description = "Installing the VirtualBox guest additions",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallPackages.class,
    requires = KernelVersion.class,
    commands = "bsdtar (libarchive-tools)")
public final class InstallGuestAdditions implements Task {
  private static final String FOLDER = "mnt/guest_additions";
  private static final String SERVICE = "usr/sbin/rcvboxadd-service";
  private static final String LOG = "var/log/vboxadd-setup.log";
  private static final int SHOWN_LINES = 15;

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    String kernel = build.require(KernelVersion.class).release();
    String modules = "/lib/modules/" + kernel;
    if (!root.exists(modules + "/build")) {
      throw new BuildException(
          "The guest additions cannot be compiled: the image has no headers of its kernel "
              + kernel
              + ". The kernel and "
              + KernelPackages.headers(build.manifest())
              + " must come from the same source");
    }
    root.makeDirectory(FOLDER, 0755);
    build.run(
        Command.of("bsdtar", "--extract", "--no-same-owner")
            .with("--file", CheckGuestAdditionsPath.iso(build.manifest()).toString())
            .with("--directory", root.path().resolve(FOLDER).toString())
            .with(CheckGuestAdditionsPath.INSTALLER));
    root.write(FOLDER + "/bin/uname", uname(kernel, machine(build.manifest())), 0755);
    CommandResult installed =
        root.run(
            Command.of("sh", "/" + FOLDER + "/" + CheckGuestAdditionsPath.INSTALLER, "--nox11")
                .env("PATH", "/" + FOLDER + "/bin:/usr/sbin:/usr/bin:/sbin:/bin")
                .accepting(0, 1, 2));
    if (root.exists(SERVICE)) {
      root.run(Command.of("/" + SERVICE, "stop").accepting(0, 1));
    }
    root.delete(FOLDER);
    if (!hasModule(root, modules)) {
      throw new BuildException(
          "The guest additions did not compile their modules for the kernel "
              + kernel
              + " (exit status "
              + installed.status()
              + "):\n"
              + String.join("\n", end(root, installed))
              + "\nAn ISO image of a newer VirtualBox may know this kernel");
    }
  }

  /** Debian's kernel has a module of that name, too, but in another directory. */
  private static boolean hasModule(Root root, String modules) throws BuildException {
    Command find =
        Command.of("find", modules + "/misc", modules + "/updates", "-name", "vboxguest.ko*");
    return !root.run(find.accepting(0, 1)).text().isEmpty();
  }

  /** The errors of the compiler are written to a file. */
  private static List<String> end(Root root, CommandResult installed) throws IOException {
    List<String> lines = root.isFile(LOG) ? root.read(LOG).lines().toList() : installed.output();
    return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
  }

  /** The output of {@code uname -m} on the kernel of the image. */
  private static String machine(Manifest manifest) {
    return manifest.architecture().equals("i386") ? "i686" : "x86_64";
  }

  /**
   * A script that answers for the kernel of the image and passes all other queries to the real
   * command.
   */
  private static String uname(String release, String machine) {
    return """
        #!/bin/sh
        case "$*" in
          -r) echo '@RELEASE@' ;;
          -m | -p | -i) echo '@MACHINE@' ;;
          *) exec /bin/uname "$@" ;;
        esac
        """
        .replace("@RELEASE@", release)
        .replace("@MACHINE@", machine);
  }
}

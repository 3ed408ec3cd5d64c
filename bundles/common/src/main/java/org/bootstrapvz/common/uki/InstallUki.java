/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.uki;

import java.io.IOException;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.kernel.KernelCommandLine;
import org.bootstrapvz.common.kernel.KernelVersion;
import org.bootstrapvz.common.kernel.UpdateInitramfs;
import org.bootstrapvz.volume.EfiPlatform;
import org.osgi.service.component.annotations.Component;

/**
 * Creates the unified kernel image with a script in the image, which also runs there when a kernel
 * or an initramfs changes.
 */
@Component
@TaskDefinition(
    description = "Making the unified kernel image",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = UpdateInitramfs.class,
    requires = {KernelVersion.class, KernelCommandLine.class})
public final class InstallUki implements Task {
  private static final String SCRIPT = "/usr/local/sbin/update-uki";

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    EfiPlatform platform = EfiPlatform.of(build.manifest());
    String target = "/boot/efi/EFI/BOOT/" + platform.bootFile();
    root.makeDirectory("boot/efi/EFI/BOOT", 0755);
    root.write(SCRIPT, script(platform, target), 0755);
    for (String hooks : List.of("etc/initramfs/post-update.d", "etc/kernel/postrm.d")) {
      root.makeDirectory(hooks, 0755);
      root.symlink(hooks + "/zz-update-uki", SCRIPT);
    }
    root.run(Command.of(SCRIPT));
    if (!root.isFile(target)) {
      throw new BuildException("No unified kernel image was made: the image has no kernel");
    }
  }

  /** Releases without ukify use objcopy to add the parts after the sections of the stub. */
  static String script(EfiPlatform platform, String target) {
    return """
        #!/bin/sh
        # Written by bootstrap-vz. Makes the program that UEFI starts from the newest kernel, its
        # initramfs and the command line in /etc/kernel/cmdline.
        set -eu
        target=@target@
        stub=/usr/lib/systemd/boot/efi/linux@suffix@.efi.stub
        version=
        for each in $(linux-version list | linux-version sort); do
          if [ -e "/boot/initrd.img-$each" ]; then version=$each; fi
        done
        [ -n "$version" ] || exit 0
        linux=/boot/vmlinuz-$version
        initrd=/boot/initrd.img-$version
        if command -v ukify > /dev/null; then
          ukify build --linux="$linux" --initrd="$initrd" --cmdline=@/etc/kernel/cmdline \\
            --os-release=@/usr/lib/os-release --uname="$version" --stub="$stub" \\
            --output="$target.new" > /dev/null
        else
          work=$(mktemp -d)
          trap 'rm -rf "$work"' EXIT
          tr -d '\\n' < /etc/kernel/cmdline > "$work/cmdline"
          grain=$((0x$(objdump -p "$stub" | sed -n 's/^SectionAlignment[[:space:]]*//p')))
          end=0
          for part in $(objdump -h "$stub" |
            awk '$1 ~ /^[0-9]+$/ { print "0x" $3 "+0x" $4 }'); do
            here=$(($part))
            if [ "$here" -gt "$end" ]; then end=$here; fi
          done
          set --
          for part in osrel=/usr/lib/os-release "cmdline=$work/cmdline" "initrd=$initrd" \\
            "linux=$linux"; do
            end=$(((end + grain - 1) / grain * grain))
            set -- "$@" --add-section ".$part" \\
              --change-section-vma ".${part%%=*}=$(printf 0x%x "$end")"
            end=$((end + $(stat --dereference --format=%s "${part#*=}")))
          done
          objcopy "$@" "$stub" "$target.new"
        fi
        mv "$target.new" "$target"
        """
        .replace("@target@", target)
        .replace("@suffix@", platform.suffix());
  }
}

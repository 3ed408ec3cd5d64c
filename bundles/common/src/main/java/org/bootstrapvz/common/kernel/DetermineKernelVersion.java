/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.packages.InstallPackages;
import org.osgi.service.component.annotations.Component;

/** Finds the newest installed kernel. */
@Component
@TaskDefinition(
    description = "Determining the kernel version",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = InstallPackages.class,
    provides = KernelVersion.class)
public final class DetermineKernelVersion implements Task {
  /** {@code vmlinux} is not compressed: riscv64. */
  private static final Pattern KERNEL = Pattern.compile("vmlinu[xz]-(.+)");

  @Override
  public void run(Build build) throws BuildException, IOException {
    KernelVersion newest =
        build.root().list("boot").stream()
            .map(KERNEL::matcher)
            .filter(Matcher::matches)
            .map(name -> new KernelVersion(name.group(1), "boot/" + name.group()))
            .max((one, other) -> compare(one.release(), other.release()))
            .orElseThrow(
                () ->
                    new BuildException(
                        "No kernel was installed: there is no boot/vmlinuz-* or boot/vmlinux-* in"
                            + " the image"));
    build.provide(KernelVersion.class, newest);
    build.log("Kernel " + newest.release());
  }

  /** Numbers are compared by value, other characters alphabetically: 6.9 is older than 6.12. */
  static int compare(String a, String b) {
    List<String> left = parts(a);
    List<String> right = parts(b);
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      String x = left.get(i);
      String y = right.get(i);
      boolean numbers = Character.isDigit(x.charAt(0)) && Character.isDigit(y.charAt(0));
      int order =
          numbers
              ? new java.math.BigInteger(x).compareTo(new java.math.BigInteger(y))
              : x.compareTo(y);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  private static List<String> parts(String version) {
    List<String> parts = new ArrayList<>();
    for (String part : version.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)")) {
      parts.add(part);
    }
    return parts;
  }
}

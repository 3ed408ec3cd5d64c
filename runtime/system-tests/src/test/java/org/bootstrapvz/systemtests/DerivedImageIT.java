/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.bootstrapvz.systemtests.ContainerExample.assertContains;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The example of a container image as the base of another one, which buildah builds from a
 * Containerfile, with packages from the mirrors of this machine.
 */
@ExtendWith(ContainerExample.Resolver.class)
class DerivedImageIT {
  private static final String CONTAINERFILE =
      """
      FROM oci:@BASE@
      ARG DEBIAN_FRONTEND=noninteractive
      RUN apt-get update && apt-get install --yes --no-install-recommends cron
      RUN find /var/cache/apt -name '*.deb' -o -name '*.bin' | sed 's/^/left over: /'
      RUN ls /var/lib/apt/lists | sed 's/^/list: /'
      RUN sed 's/^/dpkg: /' /etc/dpkg/dpkg.cfg.d/docker-apt-speedup
      RUN rm /etc/apt/apt.conf.d/docker-clean && apt-get install --yes --download-only hello
      RUN ls /var/cache/apt/archives | sed 's/^/kept: /'
      """;

  /** Isolation by chroot needs no cgroups, and the driver vfs no overlay filesystem. */
  private static final String BUILD =
      """
      export XDG_RUNTIME_DIR=@FOLDER@/run
      mkdir --parents --mode=0700 "$XDG_RUNTIME_DIR"
      store="--root @FOLDER@/store --runroot @FOLDER@/run/containers --storage-driver vfs"
      buildah $store build --isolation chroot --tag derived --file @FOLDER@/Containerfile @FOLDER@
      buildah $store inspect --type image --format '{{println "command:" .OCIv1.Config.Cmd}}' derived
      buildah $store inspect --type image --format '{{println "environment:" .OCIv1.Config.Env}}' derived
      """;

  private final ContainerExample example;

  DerivedImageIT(ContainerExample example) {
    this.example = example;
  }

  private static String script(Path folder) {
    return "set -eu\n" + BUILD.replace("@FOLDER@", folder.toString());
  }

  private static void containerfile(Path folder, Path base) throws Exception {
    Files.writeString(
        folder.resolve("Containerfile"), CONTAINERFILE.replace("@BASE@", base.toString()));
  }

  private static List<String> values(String output, String key) {
    return output
        .lines()
        .filter(line -> line.startsWith(key + ": "))
        .map(line -> line.substring(key.length() + 2))
        .toList();
  }

  private static void assertBuiltLikeOneOfDebian(String output) {
    assertContains(output, "policy-rc.d denied execution of start");
    assertEquals(List.of(), values(output, "left over"));
    List<String> lists = values(output, "list");
    assertTrue(lists.stream().anyMatch(list -> list.contains("_Packages.")), output);
    assertFalse(lists.stream().anyMatch(list -> list.endsWith("_Packages")), output);
    assertFalse(lists.stream().anyMatch(list -> list.contains("_Translation-")), output);
    assertTrue(values(output, "dpkg").contains("force-unsafe-io"), output);
    assertTrue(
        values(output, "kept").stream().anyMatch(file -> file.matches("hello_.*\\.deb")), output);
    assertEquals(List.of("[bash]"), values(output, "command"));
    assertEquals(
        List.of("[PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8]"),
        values(output, "environment"));
  }

  @Test
  void packagesAreInstalledByRoot() throws Exception {
    Path folder = new Distribution("derived-image").folder();
    containerfile(folder, example.layout());
    try {
      assertBuiltLikeOneOfDebian(DetachedImage.run("sh", "-c", script(folder)));
    } finally {
      DetachedImage.run("rm", "--recursive", "--force", "--one-file-system", folder.toString());
    }
  }

  @Test
  void packagesAreInstalledByAnOrdinaryUser() throws Exception {
    OrdinaryUser user = OrdinaryUser.create("bvz-container");
    try {
      Path base = user.copy(example.layout(), "base.oci");
      containerfile(user.home(), base);
      String[] command = user.shell(script(user.home())).toArray(String[]::new);
      assertBuiltLikeOneOfDebian(DetachedImage.run(command));
    } finally {
      user.remove();
    }
  }
}

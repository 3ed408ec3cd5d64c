/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The Debian package, installed into a copy of this machine that is not visible to other processes.
 */
class DebianPackageIT {
  private static final Path DISTRIBUTION = Distribution.REPOSITORY.resolve("runtime/distribution");

  /**
   * Mounts an overlay of this machine in a separate namespace, runs the test in it, and compares
   * the upper layer with the machine. Other installations on the machine in the meantime are
   * ignored; for this reason dpkg uses a copy of its database.
   */
  private static final String OUTSIDE =
      """
      set -eu
      mount -t tmpfs tmpfs "$WORK"
      mkdir "$WORK/upper" "$WORK/work" "$WORK/root"
      mount -t overlay overlay -o "lowerdir=/,upperdir=$WORK/upper,workdir=$WORK/work" "$WORK/root"
      cd "$WORK/root"
      for each in etc var/lib var/log; do rm -rf "./$each/bootstrap-vz"; done
      cp -a var/lib/dpkg var/lib/dpkg.copy
      rm -rf var/lib/dpkg
      mv var/lib/dpkg.copy var/lib/dpkg
      mount -t proc proc proc
      mount --rbind /dev dev
      mount -t tmpfs tmpfs dev/shm
      mount -t tmpfs tmpfs run
      mount -t tmpfs tmpfs tmp
      mount --bind "$PACKAGE" "$(mkdir mnt/package && echo mnt/package)"
      # What dpkg and apt record for themselves does not belong to the package.
      changes() (
        cd "$WORK/upper"
        find etc usr opt srv var \\( -path var/lib/dpkg -o -path var/lib/apt -o -path var/cache \\
            -o -path 'var/log/*' \\) -prune -o -print 2>/dev/null | sort | while read -r file; do
          if [ -c "$file" ]; then
            echo "missing: /$file"
          elif [ ! -e "/$file" ] && [ ! -L "/$file" ]; then
            echo "new: /$file"
          fi
        done
        find "$WORK/root/dev/shm" "$WORK/root/run" -mindepth 1 -name 'bootstrap-vz*'
      )
      changes >"$WORK/before"
      chroot . sh -c "$INSIDE"
      changes >"$WORK/after"
      diff "$WORK/before" "$WORK/after" && echo 'nothing is left'
      """;

  private static final String INSIDE =
      """
      set -eu
      unset BOOTSTRAP_VZ_STATE
      export DEBIAN_FRONTEND=noninteractive
      apt-get -qq --yes --no-install-recommends install /mnt/package/*.deb >/tmp/apt 2>&1 || cat /tmp/apt
      echo "archives: $(ls /usr/share/bootstrap-vz/lib | grep -c jsa)"
      echo "conffiles: $(ls /etc/bootstrap-vz | grep -c appliance)"
      systemd-analyze verify --man=no bootstrap-vz.service
      echo 'port = 0' >/etc/bootstrap-vz/org.bootstrapvz.appliance.http.cfg
      : >/tmp/log
      $(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/bootstrap-vz.service) >/tmp/log 2>&1 &
      until grep -q 'Listening on' /tmp/log || ! kill -0 $!; do sleep 0.1; done
      bootstrap-vz validate /usr/share/bootstrap-vz/manifests/examples/kvm/trixie.yml
      echo 'name: wrong' >/tmp/wrong.yml
      bootstrap-vz submit --wait /tmp/wrong.yml 2>/dev/null || echo "submit: $?"
      bootstrap-vz shell show 1 | head -n 1
      kill $!
      wait $! && echo stopped
      apt-get -qq --yes remove bootstrap-vz >/dev/null
      echo "after remove: $(ls /etc/bootstrap-vz | grep -c appliance) $(ls /usr/share | grep -c bootstrap-vz)"
      apt-get -qq --yes purge bootstrap-vz >/dev/null
      """;

  private static Distribution.Outcome run(
      Distribution distribution, List<String> command, Map<String, String> environment)
      throws Exception {
    try (Distribution.Running running = distribution.start(command, environment)) {
      return running.end();
    }
  }

  @Test
  void itIsInstalledRunsAndIsPurgedCompletely() throws Exception {
    Distribution distribution = new Distribution("debian-package");
    Path work = Files.createDirectories(distribution.folder().resolve("root"));
    Distribution.Outcome made =
        run(distribution, List.of(DISTRIBUTION.resolve("deb").toString(), "--as-it-is"), Map.of());
    assertEquals(0, made.status(), made.output());

    Distribution.Outcome outcome =
        run(
            distribution,
            List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", OUTSIDE),
            Map.of(
                "WORK",
                work.toString(),
                "PACKAGE",
                DISTRIBUTION.resolve("target").toString(),
                "INSIDE",
                INSIDE));

    assertEquals(
        List.of(
            "archives: 2",
            "conffiles: 4",
            "/usr/share/bootstrap-vz/manifests/examples/kvm/trixie.yml: valid",
            "submit: 1",
            "1  rejected  wrong.yml",
            "stopped",
            "after remove: 4 0",
            "nothing is left"),
        outcome.output().lines().toList(),
        outcome.output());
    assertEquals(0, outcome.status());
  }
}

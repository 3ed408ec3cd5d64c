/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * All compatible plugins in one image: built through a running apt-cacher-ng, built again from the
 * copy of the first build, and booted on a larger disk with a seed for cloud-init.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginsIT {
  private static final String MANIFEST =
      """
      name: plugins
      provider: {name: kvm}
      bootstrapper:
        workspace: images
        variant: minbase
        include_packages: [netbase]
      system:
        release: trixie
        architecture: amd64
        kernel: cloud
        bootloader: grub
        charmap: UTF-8
        locale: en_US
        timezone: UTC
        hostname: plugins
      packages:
        install: [tzdata]
      volume:
        backing: qcow2
        partitions: {type: gpt, root: {filesystem: ext4, size: 2GiB}}
      plugins:
        tmpfs_workspace: {}
        apt_proxy: {address: 127.0.0.1, port: @PORT@}
        minimize_size:
          zerofree: true
          shrink: qemu-img
          apt: {autoclean: true, languages: [none], gzip_indexes: true, autoremove_suggests: true}
          dpkg: {locales: [de], exclude_docs: true}
        prebootstrapped: {@COPY@}
        root_password: {password: test}
        admin_user: {username: ada, password: lovelace-1815, pubkey: ada.pub}
        accounts:
          groups: [{name: crew, gid: 2000}]
          users:
            - {name: dora, uid: 1500, comment: Dora D, groups: [crew], key_files: [ada.pub], sudo: nopasswd}
            - {name: app, system: true, home: /var/lib/app}
        units:
          install:
            - name: app.service
              content: |
                [Service]
                Type=oneshot
                RemainAfterExit=yes
                User=app
                ExecStart=/usr/local/bin/app

                [Install]
                WantedBy=multi-user.target
          drop_ins:
            - unit: app.service
              content: |
                [Service]
                Environment=WORD=dropped
          enable: [app.service]
          mask: [e2scrub_all.timer]
        cloud_init:
          username: clara
          groups: [sudo]
          metadata_sources: NoCloud, None
          # Not cloud-init is to grow the root here.
          disable_modules: [growpart, resizefs]
          enable_modules:
            cloud_init_modules: [{module: bootcmd, position: 2}]
        expand_root: {filesystem_type: ext4}
        debconf: |
          tzdata tzdata/Areas select Europe
          tzdata tzdata/Zones/Europe select Berlin
        ntp: {servers: [ntp.example.org]}
        unattended_upgrades: {update_interval: 3, download_interval: 4, upgrade_interval: 5}
        file_copy:
          mkdirs: [{dir: /srv/data, permissions: '2775', owner: daemon, group: '50'}]
          files:
            - {src: ada.pub, dst: /etc/copied, permissions: '0640', group: adm}
            - {src: wheels, dst: /srv/wheels, owner: www-data}
            - {content: 'release {system.release}', dst: /etc/written, expand: true}
          trees: [{src: tree}]
        pip3_install: {packages: [greeting], index: wheels, virtualenv: /opt/greeting, build_tools: false}
        pip_install: {packages: [greeting], index: wheels, build_tools: false}
        docker_daemon:
          docker_opts: --log-driver journald
          pull_images: ['@REGISTRY@/team/tiny:1', saved.tar]
        commands:
          commands:
            - ['cd {root} && find . -xdev -type f -exec sha256sum {{}} + > @LISTING@']
      """;

  /** The differences between two builds of the same manifest: times, salts, ids of the volume. */
  private static final String OWN_TO_A_BUILD =
      "\\./(boot/(grub/.*|initrd.*)|etc/(fstab|shadow-?|locale.gen|resolv.conf|ssh/ssh_host.*)"
          + "|usr/sbin/grub-probe|var/(lib/apt/lists|lib/docker-images|log|cache|lib/systemd)/.*|.*\\.pyc)";

  private Distribution distribution;
  private AptCache cache;
  private ContainerRegistry registry;
  private Path image;
  private Duration first;
  private Duration second;

  @BeforeAll
  void build() throws Exception {
    distribution = new Distribution("plugins");
    Path folder = distribution.folder();
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", "ada");
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "clara", "-f", "clara");
    wheel(Files.createDirectories(folder.resolve("wheels")));
    Path program = folder.resolve("tree/usr/local/bin/app");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\necho $WORD $(id -un) > /var/lib/app/out\n");
    run("chmod", "755", program.toString());
    cache = AptCache.start(Files.createDirectories(folder.resolve("apt-cache")));
    registry = ContainerRegistry.start(distribution);
    run("umoci", "init", "--layout", "tiny");
    run("umoci", "new", "--image", "tiny:1");
    run("umoci", "insert", "--image", "tiny:1", "/etc/hostname", "/hostname");
    run(
        "skopeo",
        "copy",
        "--dest-tls-verify=false",
        "oci:tiny:1",
        "docker://" + registry.address() + "/team/tiny:1");
    run("skopeo", "copy", "oci:tiny:1", "docker-archive:saved.tar:saved:2");
    first = build("", "first");
    Path copy;
    try (Stream<Path> files = Files.list(folder.resolve("images"))) {
      copy = files.filter(file -> file.toString().endsWith(".tar")).findFirst().orElseThrow();
    }
    second = build("image: " + folder.relativize(copy), "second");
    Files.delete(copy);
    image = folder.resolve("images/plugins.qcow2");
  }

  private Duration build(String copy, String name) throws Exception {
    String text =
        MANIFEST
            .replace("@PORT@", String.valueOf(cache.port()))
            .replace("@COPY@", copy)
            .replace("@REGISTRY@", registry.address())
            .replace("@LISTING@", distribution.folder().resolve(name).toString());
    Path manifest = distribution.manifest(name + ".yml", text);
    long start = System.nanoTime();
    Distribution.Outcome built = distribution.run("build", manifest.toString());
    assertEquals(0, built.status(), built.output());
    assertFalse(built.output().contains("WARNING"), built.output());
    assertFalse(built.output().contains("lovelace"), built.output());
    assertEquals(List.of(), distribution.leftovers());
    assertEquals(List.of(), distribution.workspaces());
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @AfterAll
  void stopServers() throws IOException {
    if (cache != null) {
      cache.close();
    }
    if (registry != null) {
      registry.close();
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .directory(distribution.folder().toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), String.join(" ", command) + "\n" + output);
    return output.strip();
  }

  /** A Python package with one program. */
  private static void wheel(Path folder) throws IOException {
    String info = "greeting-1.0.dist-info/";
    Map<String, String> files = new TreeMap<>();
    files.put("greeting.py", "def main():\n    print('Hello from a wheel')\n");
    files.put(info + "METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n");
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "entry_points.txt", "[console_scripts]\ngreeting = greeting:main\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n");
    try (OutputStream out = Files.newOutputStream(folder.resolve("greeting-1.0-py3-none-any.whl"));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes());
      }
    }
  }

  private Map<String, String> listing(String name) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    for (String line : Files.readAllLines(distribution.folder().resolve(name))) {
      String path = line.substring(66);
      if (!path.matches(OWN_TO_A_BUILD)) {
        sums.put(path, line.substring(0, 64));
      }
    }
    return sums;
  }

  @Test
  void theSecondBuildStartsFromTheCopyOfTheFirstAndIsFasterWithTheSameResult() throws Exception {
    Map<String, String> expected = listing("first");
    assertTrue(expected.size() > 5000, expected.size() + " files");
    Map<String, String> actual = listing("second");
    List<String> different = new ArrayList<>();
    for (String path :
        Stream.concat(expected.keySet().stream(), actual.keySet().stream()).toList()) {
      if (!String.valueOf(expected.get(path)).equals(actual.get(path))) {
        different.add(path);
      }
    }
    assertEquals(List.of(), different);
    System.out.println(
        "built in " + first.toSeconds() + " s, again in " + second.toSeconds() + " s");
    assertTrue(second.compareTo(first) < 0, second + " is not less than " + first);
  }

  @Test
  void packagesAreFetchedThroughTheProxy() throws Exception {
    List<String> fetched = cache.fetched();
    assertTrue(
        fetched.containsAll(List.of("cloud-init", "sudo", "unattended-upgrades")),
        fetched.toString());
  }

  @Test
  void theImageIsCompressedAndItsUnusedBlocksAreZero() throws Exception {
    Path folder = distribution.folder();
    run("qemu-img", "convert", "-O", "raw", image.toString(), "disk.raw");
    run("qemu-img", "convert", "-O", "qcow2", "disk.raw", "plain.qcow2");
    long plain = Files.size(folder.resolve("plain.qcow2"));
    System.out.println("compressed " + Files.size(image) + " bytes, plain " + plain);
    assertTrue(Files.size(image) < plain * 2 / 3, Files.size(image) + " of " + plain);
    String root = run("sfdisk", "--json", "disk.raw");
    String[] starts = root.split("\"start\": ?");
    String start = starts[starts.length - 1].replaceFirst("(?s),.*", "");
    String size = root.split("\"size\": ?")[starts.length - 1].replaceFirst("(?s),.*", "");
    run(
        "dd",
        "if=disk.raw",
        "of=part.raw",
        "bs=512",
        "conv=sparse",
        "skip=" + start,
        "count=" + size);
    String zerofree = run("zerofree", "-n", "-v", "part.raw");
    assertTrue(zerofree.matches("(?s).*\\b0/\\d+/\\d+$"), zerofree);
    for (String file : List.of("disk.raw", "plain.qcow2", "part.raw")) {
      Files.delete(folder.resolve(file));
    }
  }

  @Test
  void theMachineIsConfiguredByThePlugins() throws Exception {
    String key = Files.readString(distribution.folder().resolve("clara.pub"));
    distribution.manifest("meta-data", "instance-id: test\nlocal-hostname: seeded\n");
    distribution.manifest(
        "user-data", "#cloud-config\nssh_authorized_keys:\n  - " + key.strip() + "\n");
    run("truncate", "--size=1M", "seed.img");
    run("mkfs.vfat", "-n", "CIDATA", "seed.img");
    run("mcopy", "-i", "seed.img", "user-data", "meta-data", "::/");
    run("qemu-img", "resize", "-q", image.toString(), "4G");
    try (Machine machine =
        Machine.boot(distribution, image, distribution.folder().resolve("seed.img"))) {
      machine.ssh("cloud-init status --wait; systemctl is-system-running --wait");
      theUsersCanLogIn(machine);
      theSystemIsConfigured(machine);
      theFilesAreThere(machine);
      dockerHasItsImages(machine);
      assertEquals("", machine.ssh("systemctl --failed --no-legend --plain"));
    }
  }

  private void theUsersCanLogIn(Machine machine) throws Exception {
    Path folder = distribution.folder();
    assertEquals("root", machine.ssh("clara", folder.resolve("clara"), "sudo -n whoami"));
    assertEquals("root", machine.ssh("ada", folder.resolve("ada"), "sudo -n whoami"));
    assertEquals("root", machine.ssh("dora", folder.resolve("ada"), "sudo -n whoami"));
    assertEquals("1500 dora crew", machine.ssh("echo $(id -u dora; id -nG dora)"));
    assertTrue(machine.ssh("id -nG clara").contains("sudo"), "groups of clara");
    assertEquals("seeded", machine.ssh("hostname"));
    assertTrue(machine.ssh("cloud-init status --long").contains("DataSourceNoCloud"));
    assertEquals(
        "- bootcmd",
        machine.ssh("sed -n '/^cloud_init_modules:/{n;p}' /etc/cloud/cloud.cfg").strip());
    assertEquals("ada P", machine.ssh("passwd --status ada | cut -d' ' -f1,2"));
  }

  private static void theSystemIsConfigured(Machine machine) throws Exception {
    long size = Long.parseLong(machine.ssh("findmnt -bno SIZE /"));
    assertTrue(size > 3_700_000_000L, "the root has grown to " + size);
    for (String unit :
        List.of(
            "expand-root.service",
            "systemd-timesyncd.service",
            "unattended-upgrades.service",
            "apt-daily.timer",
            "apt-daily-upgrade.timer",
            "app.service")) {
      assertEquals("active", machine.ssh("systemctl is-active " + unit), unit);
    }
    assertEquals("dropped app", machine.ssh("cat /var/lib/app/out"));
    assertEquals("masked", machine.ssh("systemctl is-enabled e2scrub_all.timer"));
    String time = machine.ssh("systemd-analyze cat-config systemd/timesyncd.conf");
    assertTrue(time.contains("\nNTP=ntp.example.org\n"), time);
    String apt = machine.ssh("apt-config dump");
    assertTrue(apt.contains("APT::Periodic::Update-Package-Lists \"3\";"), apt);
    assertTrue(apt.contains("APT::Periodic::Unattended-Upgrade \"5\";"), apt);
    assertFalse(apt.contains("Proxy"), apt);
    String answers = machine.ssh("debconf-show tzdata");
    assertTrue(answers.contains("* tzdata/Zones/Europe: Berlin"), answers);
  }

  private void dockerHasItsImages(Machine machine) throws Exception {
    assertEquals("active", machine.ssh("systemctl is-active docker-load-images.service"));
    assertEquals(
        registry.address() + "/team/tiny:1\nsaved:2",
        machine.ssh("docker images --format '{{.Repository}}:{{.Tag}}' | sort"));
    assertEquals("journald", machine.ssh("docker info --format '{{.LoggingDriver}}'"));
    assertEquals("", machine.ssh("ls /var/lib/docker-images"));
    assertTrue(machine.ssh("cat /proc/cmdline").contains("cgroup_enable=memory"));
  }

  private static void theFilesAreThere(Machine machine) throws Exception {
    assertEquals(
        "2775 daemon 50 640 root adm",
        machine.ssh("echo $(stat -c '%a %U %g' /srv/data; stat -c '%a %U %G' /etc/copied)"));
    assertEquals("release trixie", machine.ssh("cat /etc/written"));
    assertEquals("755 root", machine.ssh("stat -c '%a %U' /usr/local/bin/app"));
    assertEquals("www-data", machine.ssh("stat -c %U /srv/wheels/*.whl"));
    assertEquals("Hello from a wheel", machine.ssh("/opt/greeting/bin/greeting"));
    assertEquals("Hello from a wheel", machine.ssh("greeting"));
    assertEquals("/opt/pip_install/bin/greeting", machine.ssh("readlink $(which greeting)"));
    assertEquals("copyright", machine.ssh("ls /usr/share/doc/bash"));
    // dpkg creates some of the directories of files that it then skips.
    assertEquals("", machine.ssh("cd /usr/share/locale; find . -name '*.mo' -not -path './de/*'"));
    assertFalse(machine.ssh("ls /usr/share/locale/de/LC_MESSAGES").isEmpty());
    assertEquals("", machine.ssh("ls /var/cache/apt/archives/*.deb 2>/dev/null"));
    assertEquals("", machine.ssh("ls /tmp/pip-packages 2>/dev/null"));
  }
}

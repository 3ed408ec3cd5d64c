/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Credentials;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Sha256;
import org.bootstrapvz.common.apt.BootstrapSource;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.apt.InstallTrustedKeys;
import org.bootstrapvz.common.apt.WriteConfiguration;
import org.bootstrapvz.common.apt.WriteSources;
import org.bootstrapvz.common.dpkg.CreateDpkgCfg;

/**
 * The base system of a build: installs it into the root, packs it into an archive and unpacks it.
 */
final class BaseSystem {
  private static final HostCommand MMDEBSTRAP = new HostCommand("mmdebstrap", "mmdebstrap");

  /** The instructions of debootstrap; it refuses a release that it has none for. */
  private static final Path SCRIPTS = Path.of("/usr/share/debootstrap/scripts");

  private static final List<String> AS_IT_IS =
      List.of("--numeric-owner", "--xattrs", "--xattrs-include=*");

  private final Build build;
  private final Manifest manifest;
  private final List<BootstrapSource> sources;
  private final boolean mmdebstrap;

  private BaseSystem(Build build) {
    this.build = build;
    this.manifest = build.manifest();
    this.sources = build.all(BootstrapSource.class);
    this.mmdebstrap = build.machine().missing(List.of(MMDEBSTRAP)).isEmpty();
  }

  /** Returns that of a build whose running task requires sources and collects packages. */
  static BaseSystem of(Build build) {
    return new BaseSystem(build);
  }

  /** Returns its description for later tasks. */
  Bootstrapped result(boolean current) {
    List<String> lists =
        current && mmdebstrap
            ? sources.stream().map(BootstrapSource::identity).toList()
            : List.of();
    return new Bootstrapped(lists, !mmdebstrap);
  }

  // --- installing ---

  void install() throws BuildException, IOException {
    if (mmdebstrap) {
      runMmdebstrap();
    } else {
      runDebootstrap();
    }
  }

  private void runMmdebstrap() throws BuildException, IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--mode=root");
    arguments.add("--format=directory");
    arguments.add("--variant=apt");
    arguments.add("--architectures=" + String.join(",", architectures()));
    // The mount points of other partitions already exist. The package lists are kept for the
    // packages that follow. The engine has checked that the kernel runs programs of the image, in
    // its root directory, too; mmdebstrap would require arch-test.
    arguments.add("--skip=check/empty,check/qemu,cleanup/apt/lists");
    // It copies the host's file before it configures packages.
    arguments.add("--extract-hook=hostname > \"$1/etc/hostname\"");
    keyring().ifPresent(keyring -> arguments.add("--keyring=" + keyring));
    String included = names(true);
    if (!included.isEmpty()) {
      arguments.add("--include=" + included);
    }
    boolean unchecked = manifest.at("bootstrapper.no-check-gpg").isTrue(false);
    arguments.add(manifest.release().name());
    arguments.add(build.root().path().toString());
    // Standard input: an address may be confidential, and everybody can read a command line.
    arguments.add("-");
    List<String> lines = new ArrayList<>();
    List<Credentials> credentials = new ArrayList<>();
    for (BootstrapSource each : sources) {
      Source source = BaseSource.forApt(build, each.source());
      Credentials.of(source.uri()).ifPresent(credentials::add);
      Source plain = Credentials.without(source);
      lines.add((unchecked ? plain.with("trusted", "yes") : plain).line());
    }
    build.log("Sources of the base system:");
    lines.forEach(build::log);
    Root root = build.root();
    if (!credentials.isEmpty()) {
      root.write(WriteSources.CREDENTIALS, Credentials.file(credentials).reveal(), 0600);
    }
    try {
      build.run(
          Command.of("mmdebstrap")
              .with(arguments)
              .env("TMPDIR", temporary().toString())
              .input(String.join("\n", lines) + "\n")
              .lines(this::showStep));
    } finally {
      // The archive of the base system has none; the sources of the image have their own.
      root.delete(WriteSources.CREDENTIALS);
    }
    for (String list : root.list("etc/apt/sources.list.d")) {
      root.delete("etc/apt/sources.list.d/" + list);
    }
  }

  private void runDebootstrap() throws BuildException, IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("--arch=" + architectures().get(0));
    ManifestValue variant = manifest.at("bootstrapper.variant");
    if (variant.exists()) {
      arguments.add("--variant=" + variant.text());
    }
    Source source = sources.get(0).source();
    List<String> ofMirror = BaseSource.forDebootstrap(build, source);
    arguments.addAll(ofMirror);
    if (ofMirror.stream().noneMatch(option -> option.startsWith("--keyring="))) {
      keyring().ifPresent(keyring -> arguments.add("--keyring=" + keyring));
    }
    if (manifest.at("bootstrapper.no-check-gpg").isTrue(false)) {
      arguments.add("--no-check-gpg");
    }
    if (manifest.at("bootstrapper.force-check-gpg").isTrue(false)) {
      arguments.add("--force-check-gpg");
    }
    String included = names(true);
    if (!included.isEmpty()) {
      arguments.add("--include=" + included);
    }
    String excluded = names(false);
    if (!excluded.isEmpty()) {
      arguments.add("--exclude=" + excluded);
    }
    arguments.add(manifest.release().name());
    arguments.add(build.root().path().toString());
    arguments.add(source.uri());
    Path newest = SCRIPTS.resolve("sid");
    if (!Files.exists(SCRIPTS.resolve(manifest.release().name())) && Files.exists(newest)) {
      arguments.add(newest.toString());
    }
    build.run(Command.of("debootstrap").with(arguments).lines(this::showStep));
    for (String foreign : architectures().subList(1, architectures().size())) {
      build.root().run(Command.of("dpkg", "--add-architecture", foreign));
    }
  }

  /**
   * A directory for temporary files that is deleted with the build, even if the build is killed. It
   * has the mode of {@code /tmp}, as apt checks signatures as a user of its own.
   */
  private Path temporary() throws IOException {
    Path folder = build.workspace().resolve("tmp");
    if (Files.notExists(folder)) {
      Files.createDirectory(folder);
      Files.setAttribute(folder, "unix:mode", 01777);
    }
    return folder;
  }

  private boolean showStep(String line) {
    if (line.startsWith("I: ")) {
      build.progress(-1, line.substring(3));
    }
    return false;
  }

  /** The architecture of the programs first, then that of the kernel if it differs. */
  private List<String> architectures() {
    String kernel = manifest.architecture();
    String programs = manifest.programArchitecture().text();
    return programs.equals(kernel) ? List.of(kernel) : List.of(programs, kernel);
  }

  private Optional<Path> keyring() {
    ManifestValue keyring = manifest.at("bootstrapper.keyring");
    return keyring.exists() ? Optional.of(manifest.resolve(keyring)) : Optional.empty();
  }

  private String names(boolean included) {
    return build.all(BootstrapPackage.class).stream()
        .filter(requested -> requested.included() == included)
        .map(BootstrapPackage::name)
        .distinct()
        .collect(Collectors.joining(","));
  }

  // --- archive ---

  /**
   * A name that two base systems only share if they are installed in the same way from the same
   * sources.
   */
  String archiveName() throws IOException {
    List<String> all = new ArrayList<>();
    all.add("bootstrap-vz base system, version 2");
    all.add(mmdebstrap ? "mmdebstrap" : "debootstrap");
    all.add(manifest.release().name());
    all.addAll(architectures());
    all.add("variant " + manifest.at("bootstrapper.variant").text(""));
    all.add("included " + names(true));
    all.add("excluded " + names(false));
    for (BootstrapSource source : sources) {
      all.add(Credentials.without(source.source()).line());
    }
    all.add("unchecked " + manifest.at("bootstrapper.no-check-gpg").isTrue(false));
    if (keyring().isPresent() && Files.isReadable(keyring().get())) {
      all.add("keyring " + Sha256.of(Files.readAllBytes(keyring().get())));
    }
    for (String folder : List.of(CreateDpkgCfg.FOLDER, WriteConfiguration.FOLDER)) {
      for (String file : build.root().list(folder)) {
        all.add(folder + "/" + file + "\n" + build.root().read(folder + "/" + file));
      }
    }
    for (String folder : InstallTrustedKeys.FOLDERS) {
      for (String file : build.root().list(folder)) {
        Path key = build.root().resolve(folder + "/" + file);
        all.add(folder + "/" + file + " " + Sha256.of(Files.readAllBytes(key)));
      }
    }
    if (build.root().isFile(WriteConfiguration.MAIN)) {
      all.add(WriteConfiguration.MAIN + "\n" + build.root().read(WriteConfiguration.MAIN));
    }
    // An unprivileged user cannot create device nodes.
    all.add("device nodes " + build.machine().canMountFiles());
    String key = Sha256.of(String.join("\n", all).getBytes(StandardCharsets.UTF_8));
    return "base-"
        + manifest.release().codename()
        + "-"
        + architectures().get(0)
        + "-"
        + key.substring(0, 16)
        + ".tar";
  }

  void pack(Path archive) throws BuildException {
    build.progress(-1, archive.toString());
    build.run(
        Command.of("tar", "--create", "--file=" + archive, "--one-file-system")
            .with(AS_IT_IS)
            .with("--directory=" + build.root().path(), "."));
  }

  void unpack(Path archive) throws BuildException {
    build.progress(-1, archive.toString());
    try {
      build.run(
          Command.of("tar", "--extract", "--file=" + archive, "--preserve-permissions")
              .with(AS_IT_IS)
              .with("--directory=" + build.root().path()));
    } catch (CommandException e) {
      throw new BuildException(
          "The archive of the base system "
              + archive
              + " cannot be unpacked: "
              + e.tail().stream().findFirst().orElse("tar ended with status " + e.status())
              + ". Delete it; the next build recreates it",
          e);
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.bootstrap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bootstrapvz.api.build.Build;
import org.bootstrapvz.api.build.BuildException;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/**
 * Installs the base system into the root: with mmdebstrap where the host has it, else with
 * debootstrap.
 *
 * <p>mmdebstrap installs the essential packages and apt only; the rest of the variant is installed
 * together with the image's other packages, in one run of apt instead of two. Before that only
 * essential packages can be relied on.
 */
@Component
@TaskDefinition(
    description = "Installing the base system",
    phase = Phase.OS_INSTALLATION,
    requires = {Root.class, BootstrapSource.class},
    collects = BootstrapPackage.class,
    provides = Bootstrapped.class,
    commands = "mmdebstrap|debootstrap (mmdebstrap)")
public final class Bootstrap implements Task {
  private static final HostCommand MMDEBSTRAP = new HostCommand("mmdebstrap", "mmdebstrap");
  private static final String RESOLV_CONF = "etc/resolv.conf";

  @Override
  public void run(Build build) throws BuildException, IOException {
    List<BootstrapSource> sources = build.all(BootstrapSource.class);
    if (build.machine().missing(List.of(MMDEBSTRAP)).isEmpty()) {
      runMmdebstrap(build, sources);
    } else {
      runDebootstrap(build, sources);
    }
    giveNameService(build.root());
  }

  private void runMmdebstrap(Build build, List<BootstrapSource> sources)
      throws BuildException, IOException {
    Manifest manifest = build.manifest();
    List<String> arguments = new ArrayList<>();
    arguments.add("--mode=root");
    arguments.add("--format=directory");
    arguments.add("--variant=apt");
    arguments.add("--architectures=" + architecture(manifest));
    // The mount points of other partitions are there already; the lists serve the packages that
    // follow.
    arguments.add("--skip=check/empty,cleanup/apt/lists");
    keyring(manifest).ifPresent(keyring -> arguments.add("--keyring=" + keyring));
    String included = names(build, true, ",");
    if (!included.isEmpty()) {
      arguments.add("--include=" + included);
    }
    boolean unchecked = manifest.at("bootstrapper.no-check-gpg").isTrue(false);
    arguments.add(manifest.release().name());
    arguments.add(build.root().path().toString());
    for (BootstrapSource each : sources) {
      Source source = each.source();
      arguments.add((unchecked ? source.with("trusted", "yes") : source).line());
    }
    build.run(
        Command.of("mmdebstrap")
            .with(arguments)
            .env("TMPDIR", "/tmp")
            .lines(line -> showStep(build, line)));
    Root root = build.root();
    for (String list : root.list("etc/apt/sources.list.d")) {
      root.delete("etc/apt/sources.list.d/" + list);
    }
    build.provide(
        Bootstrapped.class,
        new Bootstrapped(sources.stream().map(source -> source.identity()).toList(), false));
  }

  private static boolean showStep(Build build, String line) {
    if (line.startsWith("I: ")) {
      build.progress(-1, line.substring(3));
    }
    return false;
  }

  private void runDebootstrap(Build build, List<BootstrapSource> sources) throws BuildException {
    Manifest manifest = build.manifest();
    List<String> arguments = new ArrayList<>();
    arguments.add("--arch=" + architecture(manifest));
    ManifestValue variant = manifest.at("bootstrapper.variant");
    if (variant.exists()) {
      arguments.add("--variant=" + variant.text());
    }
    keyring(manifest).ifPresent(keyring -> arguments.add("--keyring=" + keyring));
    if (manifest.at("bootstrapper.no-check-gpg").isTrue(false)) {
      arguments.add("--no-check-gpg");
    }
    if (manifest.at("bootstrapper.force-check-gpg").isTrue(false)) {
      arguments.add("--force-check-gpg");
    }
    String included = names(build, true, ",");
    if (!included.isEmpty()) {
      arguments.add("--include=" + included);
    }
    String excluded = names(build, false, ",");
    if (!excluded.isEmpty()) {
      arguments.add("--exclude=" + excluded);
    }
    arguments.add(manifest.release().name());
    arguments.add(build.root().path().toString());
    arguments.add(sources.get(0).source().uri());
    build.run(Command.of("debootstrap").with(arguments).lines(line -> showStep(build, line)));
    build.provide(Bootstrapped.class, new Bootstrapped(List.of(), true));
  }

  private static String architecture(Manifest manifest) {
    return manifest.at("system.userspace_architecture").text(manifest.architecture());
  }

  private static java.util.Optional<String> keyring(Manifest manifest) {
    ManifestValue keyring = manifest.at("bootstrapper.keyring");
    return keyring.exists() ? java.util.Optional.of(keyring.text()) : java.util.Optional.empty();
  }

  private static String names(Build build, boolean included, String separator) {
    return build.all(BootstrapPackage.class).stream()
        .filter(requested -> requested.included() == included)
        .map(BootstrapPackage::name)
        .distinct()
        .collect(Collectors.joining(separator));
  }

  /**
   * Commands in the root look up names as the host does; network.RemoveDNSInfo takes this away
   * again.
   */
  private static void giveNameService(Root root) throws IOException {
    root.delete(RESOLV_CONF);
    Path host = Path.of("/etc/resolv.conf");
    if (Files.isReadable(host)) {
      root.write(RESOLV_CONF, Files.readString(host));
    }
  }
}

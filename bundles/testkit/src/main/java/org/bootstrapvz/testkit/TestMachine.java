/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.bootstrapvz.api.host.CommandObserver;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.host.UnsupportedArchitecture;

/**
 * A machine with properties set by the test; by default amd64 with 4 GiB of free memory and every
 * command.
 */
public final class TestMachine implements Machine {
  private final Sandbox sandbox;
  private final SortedSet<String> installed = new TreeSet<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> foreign = new ArrayList<>();
  private long memory = 4L << 30;
  private boolean mountsFiles;
  private String architecture = "amd64";

  /** A machine on which every build uses this sandbox. */
  public TestMachine(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** Sets the amount of free memory. */
  public TestMachine withMemory(long bytes) {
    memory = bytes;
    return this;
  }

  /** Permits it to mount files. */
  public TestMachine withMountableFiles() {
    mountsFiles = true;
    return this;
  }

  /** Sets its Debian architecture. */
  public TestMachine withArchitecture(String name) {
    architecture = name;
    return this;
  }

  /** Removes commands until their packages are installed. */
  public TestMachine withMissing(String... names) {
    missing.addAll(List.of(names));
    return this;
  }

  /** Prevents it from running programs for these architectures until it has an emulator. */
  public TestMachine withoutEmulator(String... names) {
    foreign.addAll(List.of(names));
    return this;
  }

  /** Returns the packages that were installed on it. */
  public SortedSet<String> installed() {
    return installed;
  }

  @Override
  public Sandbox open(CommandObserver observer) {
    return sandbox;
  }

  @Override
  public List<HostCommand> missing(Collection<HostCommand> commands) {
    return commands.stream()
        .filter(command -> missing.containsAll(command.alternatives()))
        .filter(command -> !installed.contains(command.debianPackage()))
        .toList();
  }

  @Override
  public void install(SortedSet<String> packages, Consumer<String> output) {
    packages.forEach(name -> output.accept("Setting up " + name));
    installed.addAll(packages);
  }

  @Override
  public long availableMemory() {
    return memory;
  }

  @Override
  public boolean canMountFiles() {
    return mountsFiles;
  }

  @Override
  public String architecture() {
    return architecture;
  }

  @Override
  public Optional<UnsupportedArchitecture> unsupported(String wanted) {
    return foreign.contains(wanted)
        ? Optional.of(
            new UnsupportedArchitecture(
                architecture,
                wanted,
                "No emulator is registered in binfmt_misc",
                new TreeSet<>(List.of("qemu-user-static")),
                "Install qemu-user-static"))
        : Optional.empty();
  }

  @Override
  public void support(String wanted, Consumer<String> output) {
    if (foreign.remove(wanted)) {
      install(new TreeSet<>(List.of("qemu-user-static")), output);
    }
  }
}

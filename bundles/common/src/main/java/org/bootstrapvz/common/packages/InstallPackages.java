/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.packages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandException;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.packages.LocalPackage;
import org.bootstrapvz.api.packages.PackageRequest;
import org.bootstrapvz.api.packages.Source;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpgrade;
import org.bootstrapvz.common.apt.Bootstrapped;
import org.bootstrapvz.common.apt.PackageLists;
import org.bootstrapvz.common.bootstrap.BootstrapPackage;
import org.bootstrapvz.common.internal.apt.AptGet;
import org.osgi.service.component.annotations.Component;

/** Installs all packages of the image in one run of apt-get. */
@Component
@TaskDefinition(
    description = "Installing packages",
    phase = Phase.PACKAGE_INSTALLATION,
    predecessors = AptUpgrade.class,
    requires = {Bootstrapped.class, PackageLists.class},
    collectsAtLeastOne = Source.class,
    collects = {PackageRequest.class, LocalPackage.class, BootstrapPackage.class})
public final class InstallPackages implements Task {
  private static final String LOCAL = "var/cache/apt/archives/local";
  private static final Pattern UNKNOWN =
      Pattern.compile(
          "E: (?:Unable to locate package (\\S+)"
              + "|Package '?([^' ]+)'? has no installation candidate"
              + "|(?:Release|Version) '([^']+)' for '([^']+)' was not found.*)");

  @Override
  public void run(Build build) throws BuildException, IOException {
    List<String> wanted = new ArrayList<>();
    List<String> excluded =
        build.all(BootstrapPackage.class).stream()
            .filter(each -> !each.included())
            .map(BootstrapPackage::name)
            .toList();
    if (!build.require(Bootstrapped.class).completePriorities()) {
      wanted.add(ofPriority(build.manifest(), "required", excluded));
      if (!build.manifest().at("bootstrapper.variant").exists()) {
        wanted.add(ofPriority(build.manifest(), "important", excluded));
      }
    }
    excluded.forEach(name -> wanted.add(name + "-"));
    requests(build).forEach(request -> wanted.add(request.toString()));
    List<LocalPackage> local = build.all(LocalPackage.class);
    for (LocalPackage each : local) {
      String copy = LOCAL + "/" + each.file().getFileName();
      build.root().copyIn(each.file(), copy, 0644);
      wanted.add("/" + copy);
    }
    Command command = AptGet.command(build::progress).with("install").with(wanted);
    try {
      build.root().run(command);
    } catch (CommandException e) {
      throw explained(build, e);
    }
    if (!local.isEmpty()) {
      build.root().delete(LOCAL);
    }
  }

  /**
   * apt's pattern for the packages of a priority; not those of the kernel's architecture, if that
   * is another, and not those to leave out, which apt refuses to both install and not install.
   */
  private static String ofPriority(Manifest manifest, String priority, List<String> excluded) {
    List<String> terms = new ArrayList<>();
    terms.add("?priority(" + priority + ")");
    ManifestValue programs = manifest.at("system.userspace_architecture");
    if (programs.exists()) {
      terms.add("?or(?architecture(all),?architecture(" + programs.text() + "))");
    }
    excluded.forEach(name -> terms.add("?not(?exact-name(" + name + "))"));
    return terms.size() == 1 ? terms.get(0) : "?and(" + String.join(",", terms) + ")";
  }

  /** Every package once; two tasks that want it from different releases contradict each other. */
  private static List<PackageRequest> requests(Build build) throws BuildException {
    String release = build.manifest().release().name();
    Map<String, PackageRequest> byName = new LinkedHashMap<>();
    for (PackageRequest request : build.all(PackageRequest.class)) {
      Optional<String> target = request.target();
      if (target.isPresent()
          && !target.get().equals(release)
          && !target.get().equals(build.manifest().release().codename())
          && build.all(Source.class).stream()
              .noneMatch(source -> source.suite().equals(target.get()))) {
        throw new BuildException(
            "The package "
                + request.name()
                + " is wanted from "
                + target.get()
                + ", but no source delivers that"
                + where(build.manifest(), request.name())
                + ". Add one to packages.sources");
      }
      PackageRequest other = byName.putIfAbsent(request.name(), request);
      if (other == null || other.equals(request)) {
        continue;
      }
      String first = other.target().orElse(release);
      String second = target.orElse(release);
      if (!first.equals(second) && other.target().isPresent() && target.isPresent()) {
        throw new BuildException(
            "The package " + request.name() + " is wanted from " + first + " and from " + second);
      }
      if (target.isPresent()) {
        byName.put(request.name(), request);
      }
    }
    return List.copyOf(byName.values());
  }

  private static BuildException explained(Build build, CommandException e) throws IOException {
    List<String> unknown = new ArrayList<>();
    for (String line : e.tail()) {
      Matcher matcher = UNKNOWN.matcher(line);
      if (matcher.matches()) {
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        String release = build.manifest().release().name();
        if (name == null) {
          release = matcher.group(3);
          name = matcher.group(4);
        }
        unknown.add(
            "There is no package " + name + " in " + release + where(build.manifest(), name));
      }
    }
    if (!unknown.isEmpty()) {
      return new BuildException(
          String.join("\n", unknown)
              + "\nCheck the name and packages.components, which are "
              + String.join(" ", componentsOf(build.manifest())),
          e);
    }
    if (e.tail().stream().anyMatch(line -> line.contains("No space left on device"))) {
      Path root = build.root().resolve("/");
      return new BuildException(
          "The folder the root is made in is full ("
              + (Files.getFileStore(root).getTotalSpace() >> 20)
              + " MiB): free memory, or disk in bootstrapper.workspace",
          e);
    }
    return e;
  }

  private static List<String> componentsOf(Manifest manifest) {
    List<String> components = manifest.at("packages.components").texts();
    return components.isEmpty() ? List.of("main") : components;
  }

  private static String where(Manifest manifest, String name) {
    for (ManifestValue item : manifest.at("packages.install").items()) {
      if (item.text().equals(name) || item.text().startsWith(name + "/")) {
        return " (" + item.location() + ", " + item.path() + ")";
      }
    }
    return "";
  }
}

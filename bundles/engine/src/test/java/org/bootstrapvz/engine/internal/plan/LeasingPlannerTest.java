/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import static org.bootstrapvz.engine.internal.graph.DeclaredTask.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.repository.IndexSigning;
import org.bootstrapvz.api.repository.InstalledJar;
import org.bootstrapvz.api.repository.Offer;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.engine.internal.graph.DeclaredTask;
import org.bootstrapvz.engine.internal.guard.PluginCalls;
import org.bootstrapvz.engine.internal.registry.Leases;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.Registry;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.ServiceHandle;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class LeasingPlannerTest {
  private final Map<String, Provider> providers = new TreeMap<>();
  private final Map<String, Plugin> plugins = new TreeMap<>();
  private final SortedMap<String, RegistrySnapshot.RegisteredTask> tasks = new TreeMap<>();
  private final RegistrySnapshot.Types types =
      new RegistrySnapshot.Types(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  private final Map<String, String> broken = new TreeMap<>();
  private final List<ExtensionInfo> catalog = new ArrayList<>();

  /** Plugins that are not installed but offered by a repository. */
  private final Set<String> installable = new TreeSet<>();

  /** Problems that the schemas find, by the last part of their URL; "base" for the base schema. */
  private final Map<String, Problem> schemaErrors = new TreeMap<>();

  /** The calls of the reader, and the services in use. */
  private final List<String> calls = new ArrayList<>();

  private final Leases leases = new Leases();

  /** All bundles are those of jars of the deploy directory. */
  private final PluginCalls pluginCalls = new PluginCalls(id -> true, id -> true);

  private Manifest manifest = WrittenManifest.of("kvm");

  private final class Reader implements ManifestReader {
    @Override
    public Optional<Manifest> read(ManifestSource source, VolumeTypes types, Problems problems) {
      Optional.ofNullable(schemaErrors.get("base")).ifPresent(problems::add);
      return Optional.ofNullable(manifest);
    }

    @Override
    public Manifest check(Manifest checked, String path, URL schema, Problems problems) {
      String name = schema.getPath().substring(1);
      calls.add("schema " + name + " at \"" + path + "\"");
      Optional.ofNullable(schemaErrors.get(name)).ifPresent(problems::add);
      return ((WrittenManifest) checked).withSecret("secret of " + name);
    }

    @Override
    public Manifest restore(ManifestContent content, VolumeTypes types) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String schema(URL schema, VolumeTypes types) {
      throw new AssertionError("Planning needs no schema as text");
    }

    @Override
    public String schema(VolumeTypes types) {
      throw new AssertionError("Planning needs no schema but those of the extensions");
    }
  }

  private static class Choosing implements Provider, Plugin {
    private final String schema;
    private final BiConsumer<TaskSet, Manifest> selection;

    Choosing(String schema, BiConsumer<TaskSet, Manifest> selection) {
      this.schema = schema;
      this.selection = selection;
    }

    @Override
    public URL schema() {
      try {
        return schema.isEmpty() ? null : URI.create("file:/" + schema).toURL();
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }

    @Override
    public void selectTasks(TaskSet set, Manifest manifest) {
      selection.accept(set, manifest);
    }
  }

  private static Choosing choosing(String... names) {
    return new Choosing(
        "",
        (set, manifest) -> {
          for (String name : names) {
            set.add("org.acme." + name);
          }
        });
  }

  private void offer(DeclaredTask... declared) {
    for (DeclaredTask task : declared) {
      tasks.put(
          task.info().id(),
          new RegistrySnapshot.RegisteredTask(task.info(), handle("task", build -> {})));
    }
  }

  private <T> ServiceHandle<T> handle(String name, T service) {
    return new ServiceHandle<>() {
      @Override
      public Optional<T> obtain() {
        calls.add("obtain " + name);
        return Optional.ofNullable(service);
      }

      @Override
      public void release(T given) {
        calls.add("release " + name);
      }
    };
  }

  private static OwnerBundle bundle(String name) {
    return new OwnerBundle("org.acme." + name, new Version("1.0.0"), 100 + name.length());
  }

  private <T extends Extension> SortedMap<String, RegistrySnapshot.Extension<T>> offered(
      Map<String, T> all) {
    SortedMap<String, RegistrySnapshot.Extension<T>> offered = new TreeMap<>();
    all.forEach(
        (name, extension) ->
            offered.put(
                name,
                new RegistrySnapshot.Extension<>(name, bundle(name), handle(name, extension))));
    return offered;
  }

  private LeasedPlan leased() {
    Registry registry =
        new Registry() {
          @Override
          public RegistrySnapshot snapshot() {
            return new RegistrySnapshot(offered(providers), offered(plugins), tasks, types, broken);
          }

          @Override
          public Set<Long> withDependencies(Set<Long> bundles) {
            return bundles;
          }
        };
    return new LeasingPlanner(
            new Reader(), registry, () -> catalog, new Repository(), leases, pluginCalls)
        .plan(ManifestSource.of(WrittenManifest.FILE));
  }

  private Planning plan() {
    try (LeasedPlan leased = leased()) {
      return leased.planning();
    }
  }

  private List<String> problems() {
    return plan().problems().stream().map(Problem::toString).toList();
  }

  private static Problem error(int line, String message) {
    return new Problem(
        Problem.Severity.ERROR,
        new org.bootstrapvz.api.problem.Location(WrittenManifest.FILE, line, 1),
        "",
        message,
        "");
  }

  @Test
  void theTaskListNamesTheRequesterOfEachTask() {
    providers.put("kvm", choosing("A", "B"));
    plugins.put("commands", choosing("B", "C"));
    manifest = WrittenManifest.of("kvm", "commands");
    offer(task("A").predecessor("B"), task("B"), task("C", Phase.VALIDATION), task("D"));
    var plan = plan().plan().orElseThrow();
    assertEquals("kvm", plan.provider());
    assertEquals(List.of("commands"), plan.plugins());
    assertEquals(
        List.of("C plugin commands", "B provider kvm and plugin commands", "A provider kvm"),
        plan.tasks().stream()
            .map(task -> task.name() + " " + String.join(" and ", task.requestedBy()))
            .toList());
    assertEquals(
        new PlannedTask(
            "org.acme.C",
            "C",
            Phase.VALIDATION,
            "Does C",
            "org.acme",
            "1.0.0",
            List.of("plugin commands")),
        plan.tasks().get(0));
  }

  @Test
  void aPluginMayDiscardWhatTheProviderAdded() {
    providers.put("kvm", choosing("A", "B"));
    plugins.put("less", new Choosing("", (set, m) -> set.discard("org.acme.A")));
    manifest = WrittenManifest.of("kvm", "less");
    offer(task("A"), task("B"));
    assertEquals(
        List.of("B"), plan().plan().orElseThrow().tasks().stream().map(PlannedTask::name).toList());
  }

  @Test
  void pluginsChooseInTheOrderOfTheManifest() {
    providers.put("kvm", choosing());
    List<String> order = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      plugins.put(name, new Choosing("", (set, m) -> order.add(name)));
    }
    manifest = WrittenManifest.of("kvm", "c", "a", "b");
    assertEquals(List.of("c", "a", "b"), plan().plan().orElseThrow().plugins());
    assertEquals(List.of("c", "a", "b"), order);
  }

  @Test
  void hostCommandsAreThoseOfTheChosenTasksAndTheRequestedOnes() {
    providers.put(
        "kvm",
        new Choosing(
            "",
            (set, m) -> set.add("org.acme.A").requireCommand(new HostCommand("xz", "xz-utils"))));
    offer(task("A").command("qemu-img (qemu-utils)"), task("B").command("unused (unused)"));
    assertEquals(
        "[qemu-img (qemu-utils), xz (xz-utils)]",
        plan().plan().orElseThrow().hostCommands().toString());
  }

  @Test
  void differentPackagesForTheSameCommandAreBothListed() {
    providers.put("kvm", choosing("A", "B"));
    offer(task("A").command("qemu-img (qemu-utils)"), task("B").command("qemu-img (qemu)"));
    assertEquals(
        "[qemu-img (qemu), qemu-img (qemu-utils)]",
        plan().plan().orElseThrow().hostCommands().toString());
  }

  @Test
  void unknownProviderUnknownPluginAndSchemaErrorsAreReportedAtOnceInTheOrderOfTheFile() {
    providers.put("kvm", choosing());
    providers.put("ec2", choosing());
    plugins.put("commands", new Choosing("commands.json", (set, m) -> {}));
    manifest = WrittenManifest.of("kwm", "comands", "commands", "zzz");
    schemaErrors.put("base", error(1, "The base schema says no"));
    schemaErrors.put("commands.json", error(5, "The plugin's schema says no"));
    assertEquals(
        List.of(
            "image.yml:1:1: error: The base schema says no",
            "image.yml:2:9: error: provider.name: There is no provider \"kwm\". Did you mean"
                + " \"kvm\"? Installed providers are ec2, kvm",
            "image.yml:4:3: error: plugins.comands: There is no plugin \"comands\". Did you mean"
                + " \"commands\"? Installed plugins are commands",
            "image.yml:5:1: error: The plugin's schema says no",
            "image.yml:6:3: error: plugins.zzz: There is no plugin \"zzz\". Installed plugins are"
                + " commands"),
        problems());
  }

  @Test
  void aPluginThatWaitsInTheDeployDirectoryIsNotReportedAsUnknown() {
    providers.put("kvm", choosing());
    manifest = WrittenManifest.of("kvm", "sign");
    catalog.add(
        new ExtensionInfo(
            ExtensionInfo.Kind.PLUGIN,
            "sign",
            "",
            "org.acme.sign",
            "1.0.0",
            ExtensionInfo.State.WAITING,
            "The bundle imports the package org.gpg, which no bundle exports"));
    assertEquals(
        List.of(
            "image.yml:4:3: error: plugins.sign: There is no plugin \"sign\". It is installed but"
                + " cannot be used: The bundle imports the package org.gpg, which no bundle"
                + " exports"),
        problems());
  }

  @Test
  void aPluginInARepositoryIsReportedWithTheCommandThatInstallsIt() {
    providers.put("kvm", choosing());
    manifest = WrittenManifest.of("kvm", "sign", "zzz");
    installable.add("PLUGIN sign");
    installable.add("PROVIDER zzz");
    assertEquals(
        List.of(
            "image.yml:4:3: error: plugins.sign: There is no plugin \"sign\". Install it:"
                + " bootstrap-vz plugins install sign",
            "image.yml:5:3: error: plugins.zzz: There is no plugin \"zzz\". No plugin is"
                + " installed"),
        problems());
  }

  @Test
  void anImageFormatInARepositoryIsReportedWithTheCommandThatInstallsIt() {
    providers.put("kvm", choosing());
    Map<String, Object> data = new TreeMap<>(WrittenManifest.of("kvm").data());
    data.put("volume", Map.of("backing", "vhdx"));
    manifest = new WrittenManifest(data, List.of(), List.of());
    schemaErrors.put(
        "base",
        new Problem(
            Problem.Severity.ERROR,
            new Location(WrittenManifest.FILE, 9, 12),
            "volume.backing",
            "\"vhdx\" is not allowed here",
            "It must be raw"));
    assertEquals(
        List.of(
            "image.yml:9:12: error: volume.backing: \"vhdx\" is not allowed here. It must be raw"),
        problems());

    installable.add("IMAGE_FORMAT vhdx");
    assertEquals(
        List.of(
            "image.yml:9:12: error: volume.backing: \"vhdx\" is not allowed here. Install it:"
                + " bootstrap-vz plugins install vhdx"),
        problems());
  }

  @Test
  void theRepositoryIsNotQueriedForInstalledExtensions() {
    providers.put("kvm", choosing());
    plugins.put("commands", choosing());
    manifest = WrittenManifest.of("kvm", "commands");
    installable.add("PLUGIN commands");
    assertTrue(plan().plan().isPresent());
    assertEquals(List.of(), calls.stream().filter(call -> call.startsWith("repository")).toList());
  }

  @Test
  void theSchemaOfTheProviderAppliesToTheManifestAndThatOfAPluginToItsSettings() {
    providers.put("kvm", new Choosing("kvm.json", (set, m) -> {}));
    plugins.put("commands", new Choosing("commands.json", (set, m) -> {}));
    manifest = WrittenManifest.of("kvm", "commands");
    Planning planning = plan();
    assertEquals(
        List.of("schema kvm.json at \"\"", "schema commands.json at \"plugins.commands\""),
        calls.stream().filter(call -> call.startsWith("schema")).toList());
    assertEquals(
        List.of(Secret.of("secret of kvm.json"), Secret.of("secret of commands.json")),
        planning.plan().orElseThrow().manifest().secrets());
  }

  @Test
  void codeChecksAreSkippedAfterSchemaErrors() {
    List<String> checked = new ArrayList<>();
    class Checking extends Choosing {
      private final String name;

      Checking(String name) {
        super(name, (set, m) -> {});
        this.name = name;
      }

      @Override
      public void check(Manifest manifest, Problems problems) {
        checked.add(name);
      }
    }
    providers.put("kvm", new Checking("kvm.json"));
    plugins.put("good", new Checking("good.json"));
    plugins.put("bad", new Checking("bad.json"));
    manifest = WrittenManifest.of("kvm", "bad", "good");
    schemaErrors.put("bad.json", error(4, "No"));
    plan();
    assertEquals(List.of("kvm.json", "good.json"), checked);
    schemaErrors.put("base", error(1, "No"));
    plan();
    assertEquals(List.of("kvm.json", "good.json"), checked);
  }

  @Test
  void anExceptionOfAPluginIsAProblemThatNamesItsBundleAndNoSecret() {
    providers.put("kvm", choosing());
    plugins.put(
        "commands",
        new Choosing(
            "c",
            (set, m) -> {
              throw new IllegalStateException("It had to be: secret of c");
            }));
    manifest = WrittenManifest.of("kvm", "commands");
    assertEquals(
        List.of(
            "image.yml:4:3: error: plugins.commands: The plugin commands of the bundle"
                + " org.acme.commands 1.0.0 failed to choose its tasks:"
                + " java.lang.IllegalStateException: It had to be: ******. This is a bug in the"
                + " bundle, not an error in the manifest"),
        problems());
  }

  @Test
  void aProblemThatAPluginReportsIsMasked() {
    providers.put("kvm", choosing());
    plugins.put(
        "commands",
        new Choosing("c", (set, chosen) -> {}) {
          @Override
          public void check(Manifest checked, Problems found) {
            found.add(
                new Problem(
                    Problem.Severity.ERROR,
                    new org.bootstrapvz.api.problem.Location(WrittenManifest.FILE, 4, 3),
                    "plugins.commands",
                    "\"secret of c\" is weak",
                    "Replace secret of c"));
          }
        });
    manifest = WrittenManifest.of("kvm", "commands");
    assertEquals(
        List.of("image.yml:4:3: error: plugins.commands: \"******\" is weak. Replace ******"),
        problems());
  }

  @Test
  void aMissingClassOfAPluginIsAProblemToo() {
    providers.put("kvm", choosing());
    plugins.put(
        "commands",
        new Choosing(
            "",
            (set, m) -> {
              throw new NoClassDefFoundError("org/gpg/Key");
            }));
    manifest = WrittenManifest.of("kvm", "commands");
    assertTrue(problems().get(0).contains("NoClassDefFoundError: org/gpg/Key"));
  }

  @Test
  void anUnregisteredTaskIsReportedWithItsRequester() {
    providers.put("kvm", choosing("Missing", "Broken"));
    broken.put("org.acme.Broken", "has the unknown phase \"FOO\"");
    assertEquals(
        List.of(
            "image.yml: error: The task org.acme.Missing, requested by provider kvm, is not"
                + " provided by any installed bundle. Install the bundle that provides it",
            "image.yml: error: The task org.acme.Broken, requested by provider kvm, has the"
                + " unknown phase \"FOO\". This is a bug in the bundle that provides the task"),
        problems());
  }

  @Test
  void anErrorInTheOrderIsAProblemOfTheFile() {
    providers.put("kvm", choosing("A"));
    offer(task("A").predecessor("A"));
    assertEquals(
        List.of(
            "image.yml: error: The task A (phase Preparation, bundle org.acme 1.0.0) is declared"
                + " after itself. Remove the relation"),
        problems());
  }

  @Test
  void thePlanHasTheFilesOfTheHostThatAnExtensionNames() {
    HostFile file = new HostFile(Path.of("/srv/wheels"), "plugins.pip", Location.of(Path.of("m")));
    providers.put(
        "kvm",
        new Choosing("", (set, manifest) -> set.add("org.acme.A")) {
          @Override
          public List<HostFile> hostFiles(Manifest manifest) {
            return List.of(file);
          }
        });
    offer(task("A"));
    assertEquals(List.of(file), plan().plan().orElseThrow().manifest().hostFiles());
  }

  @Test
  void aWarningDoesNotPreventAPlan() {
    providers.put("kvm", choosing("A"));
    offer(task("A"), task("B").successor("C"), task("C").successor("B"));
    Planning planning = plan();
    assertTrue(planning.plan().isPresent());
    assertEquals(1, planning.problems().size());
  }

  @Test
  void aManifestThatCannotBeReadReturnsTheProblemsOfTheReader() {
    manifest = null;
    schemaErrors.put("base", error(7, "This is not YAML"));
    assertEquals(List.of("image.yml:7:1: error: This is not YAML"), problems());
  }

  @Test
  void planningActivatesNoTaskAndReleasesEveryExtension() {
    providers.put("kvm", choosing("A"));
    offer(task("A"));
    plan();
    assertEquals(List.of("obtain kvm", "release kvm"), calls);
  }

  @Test
  void aLeasedPlanActivatesItsTasksOnDemand() throws BuildException {
    providers.put("kvm", choosing("A"));
    offer(task("A").provides("org.acme.Volume").collects("org.acme.Sources"), task("B"));
    try (LeasedPlan leased = leased()) {
      calls.clear();
      Task task = leased.obtain("org.acme.A");
      leased.release("org.acme.A", task);
      assertEquals(List.of("obtain task", "release task"), calls);
      assertEquals(
          new TaskValues(Set.of(), Set.of("org.acme.Sources"), Set.of("org.acme.Volume")),
          leased.values("org.acme.A"));
      assertThrows(IllegalArgumentException.class, () -> leased.obtain("org.acme.B"));
    }
  }

  @Test
  void aTaskOfARemovedBundleIsABuildFailure() {
    providers.put("kvm", choosing("A"));
    tasks.put(
        "org.acme.A",
        new RegistrySnapshot.RegisteredTask(task("A").info(), handle("task", (Task) null)));
    try (LeasedPlan leased = leased()) {
      assertEquals(
          "The task A cannot be run: its bundle org.acme 1.0.0 was stopped, or the task could not"
              + " be activated",
          assertThrows(BuildException.class, () -> leased.obtain("org.acme.A")).getMessage());
    }
  }

  @Test
  void aPlanLeasesTheBundlesItUsesAndNoOthersUntilItIsClosed() {
    OwnerBundle unused = new OwnerBundle("org.unused", Version.emptyVersion, 8);
    providers.put("kvm", choosing("A"));
    offer(task("A"), task("B").of(unused));
    LeasedPlan leased = leased();
    assertFalse(leases.remove(Set.of(7L)));
    assertFalse(leases.remove(Set.of(bundle("kvm").id())));
    assertTrue(leases.remove(Set.of(8L)));
    leases.removed(8);
    leased.close();
    leased.close();
    assertTrue(leases.remove(Set.of(7L)));
  }

  @Test
  void aManifestWithErrorsHoldsNoLease() {
    providers.put("kvm", choosing("Missing"));
    offer(task("A"));
    LeasedPlan leased = leased();
    assertTrue(leased.planning().plan().isEmpty());
    assertTrue(leases.remove(Set.of(7L, bundle("kvm").id())));
    leased.close();
  }

  /** Resolves names; no other method is called here. */
  private final class Repository implements PluginRepository {
    @Override
    public boolean isOffered(ExtensionInfo.Kind kind, String name, List<String> addresses) {
      calls.add("repository " + name);
      return installable.contains(kind + " " + name);
    }

    @Override
    public List<Offer> offers(List<String> addresses, Consumer<String> warnings) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<InstalledJar> install(
        List<String> wanted, List<String> addresses, Consumer<String> notes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<InstalledJar> remove(List<String> names) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Offer> index(Path folder, Optional<IndexSigning> signing, Consumer<String> notes) {
      throw new UnsupportedOperationException();
    }
  }
}

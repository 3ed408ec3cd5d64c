/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.api.extension.ImageFormatType;
import org.bootstrapvz.api.extension.Plugin;
import org.bootstrapvz.api.extension.Provider;
import org.bootstrapvz.api.manifest.HostFile;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestContent;
import org.bootstrapvz.api.manifest.ManifestReader;
import org.bootstrapvz.api.manifest.ManifestSource;
import org.bootstrapvz.api.plan.Planning;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.repository.PluginRepository;
import org.bootstrapvz.api.task.TaskSet;
import org.bootstrapvz.api.volume.ImageFormat;
import org.bootstrapvz.api.volume.VolumeTypes;
import org.bootstrapvz.engine.internal.guard.PluginCalls;
import org.bootstrapvz.engine.internal.registry.Leases;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.bootstrapvz.engine.internal.registry.Registry;
import org.bootstrapvz.engine.internal.registry.RegistrySnapshot;
import org.bootstrapvz.engine.internal.registry.ServiceHandle;
import org.bootstrapvz.testkit.FailOnStall;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Version;

/** Plugins that throw anything, or do not return. */
@FailOnStall
class HostilePluginTest {
  private static final long KVM = 1;
  private static final long FORMAT = 2;
  private static final long PLUGIN = 3;

  private final SortedMap<String, RegistrySnapshot.Extension<Provider>> providers = new TreeMap<>();
  private final SortedMap<String, RegistrySnapshot.Extension<Plugin>> plugins = new TreeMap<>();
  private final RegistrySnapshot.Types types =
      new RegistrySnapshot.Types(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  private final PluginCalls calls = new PluginCalls(id -> true, id -> id != KVM);

  /** Holds the threads that do not return, whatever interrupts them. */
  private final CountDownLatch end = new CountDownLatch(1);

  private final AtomicInteger entered = new AtomicInteger();
  private final ExecutorService clients = Executors.newCachedThreadPool();

  @AfterEach
  void endTheThreads() {
    end.countDown();
    clients.shutdownNow();
  }

  /** What each operation of a plugin does. */
  private static class Hostile implements Provider, Plugin {
    private final Map<String, Runnable> does;

    Hostile(Map<String, Runnable> does) {
      this.does = does;
    }

    private void act(String operation) {
      does.getOrDefault(operation, () -> {}).run();
    }

    @Override
    public URL schema() {
      act("schema");
      return null;
    }

    @Override
    public void check(Manifest manifest, Problems problems) {
      act("check");
    }

    @Override
    public Collection<HostFile> hostFiles(Manifest manifest) {
      act("hostFiles");
      return List.of();
    }

    @Override
    public void selectTasks(TaskSet tasks, Manifest manifest) {
      act("selectTasks");
      if (does.containsKey("addVolume")) {
        tasks.addVolume();
      }
    }
  }

  private <T extends Extension> RegistrySnapshot.Extension<T> offer(
      String name, long bundle, T service, Runnable activation) {
    return new RegistrySnapshot.Extension<>(
        name, bundle(name, bundle), handle(service, activation));
  }

  private static OwnerBundle bundle(String name, long id) {
    return new OwnerBundle("org.acme." + name, new Version("1.0.0"), id);
  }

  private static <T> ServiceHandle<T> handle(T service, Runnable activation) {
    return new ServiceHandle<>() {
      @Override
      public Optional<T> obtain() {
        activation.run();
        return Optional.ofNullable(service);
      }

      @Override
      public Optional<String> failure() {
        return Optional.of("java.lang.IllegalStateException: no licence");
      }

      @Override
      public void release(T given) {}
    };
  }

  private void offerPlugin(long bundle, Map<String, Runnable> does) {
    plugins.put(
        "evil",
        offer(
            "evil",
            bundle,
            does.containsKey("null") ? null : new Hostile(does),
            does.getOrDefault("activation", () -> {})));
  }

  private List<String> plan(String... named) {
    providers.computeIfAbsent("kvm", key -> offer("kvm", KVM, new Hostile(Map.of()), () -> {}));
    return plan(WrittenManifest.of("kvm", named));
  }

  private List<String> plan(Manifest manifest) {
    Registry registry =
        new Registry() {
          @Override
          public RegistrySnapshot snapshot() {
            return new RegistrySnapshot(providers, plugins, new TreeMap<>(), types, Map.of());
          }

          @Override
          public Set<Long> withDependencies(Set<Long> bundles) {
            return bundles;
          }
        };
    LeasingPlanner planner =
        new LeasingPlanner(new Reader(manifest), registry, List::of, noRepository(), leases, calls);
    try (LeasedPlan leased = planner.plan(ManifestSource.of(WrittenManifest.FILE))) {
      Planning planning = leased.planning();
      return planning.problems().stream().map(Problem::toString).toList();
    }
  }

  private final Leases leases = new Leases();

  private record Reader(Manifest manifest) implements ManifestReader {
    @Override
    public Optional<Manifest> read(ManifestSource source, VolumeTypes types, Problems problems) {
      return Optional.of(manifest);
    }

    @Override
    public Manifest check(Manifest checked, String path, URL schema, Problems problems) {
      throw new AssertionError();
    }

    @Override
    public Manifest restore(ManifestContent content, VolumeTypes types) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String schema(URL schema, VolumeTypes types) {
      throw new AssertionError();
    }

    @Override
    public String schema(VolumeTypes types) {
      throw new AssertionError();
    }
  }

  private static PluginRepository noRepository() {
    return (PluginRepository)
        java.lang.reflect.Proxy.newProxyInstance(
            PluginRepository.class.getClassLoader(),
            new Class<?>[] {PluginRepository.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("isOffered")) {
                return false;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** Throws it, although the compiler does not know that it may be thrown. */
  private static RuntimeException sneaky(Throwable thrown) {
    return HostilePluginTest.<RuntimeException>unchecked(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E unchecked(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** Does not return, and does not end when it is interrupted. */
  private void hang() {
    entered.incrementAndGet();
    while (end.getCount() > 0) {
      try {
        end.await();
      } catch (InterruptedException e) {
        // The code of a plugin may ignore this.
      }
    }
  }

  private void limit(int millis) {
    calls.bindLimit(() -> Duration.ofMillis(millis));
  }

  @SuppressWarnings("removal")
  static Stream<Arguments> throwables() {
    List<Supplier<Throwable>> all =
        List.of(
            () -> new Error("it broke"),
            () -> new AssertionError("it broke"),
            () -> new StackOverflowError("it broke"),
            () -> new OutOfMemoryError("it broke"),
            () -> new ThreadDeath(),
            () -> new NoClassDefFoundError("it broke"),
            () -> new ExceptionInInitializerError("it broke"),
            () -> new Exception("it broke"),
            () -> new IllegalStateException("it broke"));
    return all.stream()
        .flatMap(
            thrown ->
                Stream.of("schema", "check", "hostFiles", "selectTasks", "activation")
                    .flatMap(
                        operation ->
                            Stream.of(true, false)
                                .map(limited -> Arguments.of(operation, thrown.get(), limited))));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void whateverAPluginThrowsIsAProblemThatNamesItAndTheException(
      String operation, Throwable thrown, boolean limited) {
    if (limited) {
      limit(60_000);
    }
    offerPlugin(
        PLUGIN,
        Map.of(
            operation,
            () -> {
              throw sneaky(thrown);
            }));
    List<String> problems = plan("evil");
    assertEquals(1, problems.size(), problems.toString());
    String expected =
        thrown.getMessage() == null
            ? thrown.getClass().getName()
            : thrown.getClass().getName() + ": it broke";
    assertTrue(
        problems
            .get(0)
            .startsWith(
                "image.yml:4:3: error: plugins.evil: The plugin evil of the bundle org.acme.evil"
                    + " 1.0.0 failed to "),
        problems.get(0));
    assertTrue(problems.get(0).contains(": " + expected + ". This is a bug"), problems.get(0));
  }

  @Test
  void anExceptionWhoseMessageFailsOrIsLongIsNamedByItsClass() {
    class Nasty extends RuntimeException {
      private static final long serialVersionUID = 1;

      @Override
      public String getMessage() {
        throw new StackOverflowError();
      }
    }

    offerPlugin(
        PLUGIN,
        Map.of(
            "check",
            () -> {
              throw new Nasty();
            }));
    assertTrue(plan("evil").get(0).contains(": " + Nasty.class.getName() + ". This is a bug"));
    offerPlugin(
        PLUGIN,
        Map.of(
            "check",
            () -> {
              throw new IllegalStateException("x".repeat(1 << 20) + "\nline 2");
            }));
    assertTrue(plan("evil").get(0).length() < 1000);
  }

  @Test
  void aPluginThatCannotBeActivatedIsAProblemWithTheReason() {
    offerPlugin(PLUGIN, Map.of("null", () -> {}));
    assertEquals(
        List.of(
            "image.yml:4:3: error: plugins.evil: The plugin evil of the bundle org.acme.evil 1.0.0"
                + " failed to be activated: java.lang.IllegalStateException: no licence. This is a"
                + " bug in the bundle, not an error in the manifest"),
        plan("evil"));
  }

  @Test
  void aPluginThatDoesNotReturnIsSetAsideUntilItIsReplaced() {
    limit(200);
    for (String operation : List.of("schema", "check", "hostFiles", "selectTasks", "activation")) {
      long bundle = PLUGIN + entered.get();
      offerPlugin(bundle, Map.of(operation, this::hang));
      int before = entered.get();
      String first = plan("evil").get(0);
      assertTrue(first.contains("The plugin evil of the bundle org.acme.evil 1.0.0"), first);
      assertTrue(first.contains(" within 200 ms. It is set aside until its jar is repl"), first);
      String second = plan("evil").get(0);
      assertTrue(second.contains("org.acme.evil 1.0.0 is set aside: the plugin evil"), second);
      assertTrue(second.endsWith("Replace its jar in the deploy directory"), second);
      assertEquals(before + 1, entered.get(), "it is not called again");
      assertTrue(calls.setAside().get(bundle).contains("within 200 ms"));
      assertEquals(List.of(), plan(), "other manifests can be planned");
      // The new generation of the jar is another bundle.
      offerPlugin(bundle + 100, Map.of());
      assertEquals(List.of(), plan("evil"));
    }
  }

  @Test
  void aProviderOfTheDistributionThatDoesNotReturnIsReportedButNotSetAside() {
    limit(200);
    AtomicReference<Runnable> behaviour = new AtomicReference<>(this::hang);
    providers.put(
        "kvm",
        offer("kvm", KVM, new Hostile(Map.of("check", () -> behaviour.get().run())), () -> {}));
    assertTrue(plan().get(0).contains("The provider kvm of the bundle org.acme.kvm 1.0.0 failed"));
    behaviour.set(() -> {});
    assertEquals(List.of(), plan());
    assertEquals(Map.of(), calls.setAside());
  }

  @Test
  void theThreadOfACallThatTakesTooLongIsInterruptedWithTheLowestPriority() throws Exception {
    limit(100);
    AtomicInteger priority = new AtomicInteger();
    CountDownLatch interrupted = new CountDownLatch(1);
    offerPlugin(
        PLUGIN,
        Map.of(
            "check",
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                priority.set(Thread.currentThread().getPriority());
                interrupted.countDown();
              }
            }));
    plan("evil");
    interrupted.await();
    assertEquals(Thread.MIN_PRIORITY, priority.get());
  }

  @Test
  void anImageFormatThatDoesNotReturnIsNamedInsteadOfTheProviderThatCallsIt() {
    limit(200);
    providers.put("kvm", offer("kvm", KVM, new Hostile(Map.of("addVolume", () -> {})), () -> {}));
    ImageFormatType slow =
        new ImageFormatType() {
          @Override
          public void selectTasks(TaskSet tasks, Manifest manifest) {
            hang();
          }
        };
    types
        .imageFormats()
        .put(
            "slow",
            new RegistrySnapshot.RegisteredType<>(
                new ImageFormat(
                    "slow",
                    "Slow",
                    Optional.empty(),
                    List.of(),
                    ImageFormat.Content.FILE,
                    "slow",
                    "",
                    List.of(),
                    false,
                    Optional.empty()),
                bundle("slow", FORMAT),
                handle(slow, () -> {})));
    Map<String, Object> data = new TreeMap<>(WrittenManifest.of("kvm").data());
    data.put("volume", Map.of("backing", "slow"));
    List<String> problems = plan(new WrittenManifest(data, List.of(), List.of()));
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(
        problems.get(0).contains("The image format slow of the bundle org.acme.slow 1.0.0 failed"),
        problems.get(0));
    assertEquals(Set.of(FORMAT), calls.setAside().keySet());
  }

  @Test
  void manyPlansWithAPluginThatDoesNotReturnHoldFewThreadsAndDelayNoOtherPlan() throws Exception {
    limit(3000);
    offerPlugin(PLUGIN, Map.of("selectTasks", this::hang));
    plan(); // registers the provider
    List<Future<List<String>>> plans = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Callable<List<String>> planning = () -> plan("evil");
      plans.add(clients.submit(planning));
    }
    while (entered.get() == 0) {
      Thread.onSpinWait();
    }
    assertEquals(List.of(), plan(), "a plan without the plugin");
    assertFalse(plans.get(0).isDone() && entered.get() == 0);
    int busy = 0;
    for (Future<List<String>> each : plans) {
      String problem = each.get().get(0);
      assertTrue(problem.contains("The plugin evil of the bundle org.acme.evil 1.0.0"), problem);
      busy += problem.contains("is busy") ? 1 : 0;
    }
    assertTrue(entered.get() <= 4, entered + " threads do not return");
    assertTrue(busy > 0, "those that found no free thread did not wait for the limit");
    assertEquals(List.of(), plan());
  }

  @Test
  void thereIsABoundForTheThreadsOfAllPluginsThatDoNotReturn() throws Exception {
    limit(100);
    String last = "";
    for (int generation = 0; generation < 20; generation++) {
      offerPlugin(PLUGIN + generation, Map.of("check", this::hang));
      last = plan("evil").get(0);
    }
    assertEquals(12, entered.get());
    assertTrue(last.contains("is not called: 12 calls of other plugins have not returned"), last);
    assertEquals(List.of(), plan(), "the distribution is still used");
    end.countDown();
    offerPlugin(PLUGIN + 100, Map.of());
    while (!plan("evil").isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void manyUnknownPluginsAreReportedQuickly() {
    plan(); // registers the provider
    String[] names = IntStream.range(0, 60_000).mapToObj(i -> "unknown" + i).toArray(String[]::new);
    for (int i = 0; i < 1000; i++) {
      plugins.put("unknwon" + i, offer("x", PLUGIN, new Hostile(Map.of()), () -> {}));
    }
    List<String> problems = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> plan(names));
    assertEquals(1001, problems.size());
    assertTrue(
        problems.get(0).contains("There is no plugin \"unknown0\". Did you mean \"unknwon0\"?"),
        problems.get(0));
    assertTrue(
        problems.get(1000).contains("There are 59000 more problems, which are not listed"),
        problems.get(1000));
  }

  @Test
  void anInterruptedPlanEndsAndItsPluginIsNotSetAside() throws Exception {
    limit(3_600_000);
    offerPlugin(PLUGIN, Map.of("check", this::hang));
    plan();
    AtomicReference<List<String>> problems = new AtomicReference<>();
    Thread planner = new Thread(() -> problems.set(plan("evil")));
    planner.start();
    while (entered.get() == 0) {
      Thread.onSpinWait();
    }
    planner.interrupt();
    planner.join();
    assertTrue(problems.get().get(0).contains("was interrupted"), problems.get().toString());
    assertEquals(Map.of(), calls.setAside());
  }
}

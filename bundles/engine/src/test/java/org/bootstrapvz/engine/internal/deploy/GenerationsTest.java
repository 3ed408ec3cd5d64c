/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bootstrapvz.engine.internal.registry.Leases;
import org.junit.jupiter.api.Test;
import org.osgi.framework.BundleException;

class GenerationsTest {
  private final Leases leases = new Leases();
  private final List<String> warnings = new ArrayList<>();
  private final Framework framework = new Framework();
  private final Generations generations = new Generations(framework, leases, warnings::add);

  /** Bundles are numbered from 1; those in {@link #missing} cannot be started. */
  private final class Framework implements Bundles {
    private final Map<Long, String> installed = new TreeMap<>();
    private final Map<Long, Set<Long>> dependents = new TreeMap<>();
    private final Map<String, String> missing = new TreeMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private final Set<Long> starting = new TreeSet<>();
    private long last;

    @Override
    public long install(String location, byte[] content) throws BundleException {
      if (missing.getOrDefault(location, "").equals("refuse")) {
        throw new BundleException("Bad manifest\nmore about it");
      }
      installed.put(++last, location);
      return last;
    }

    @Override
    public Optional<StartFailure> start(long bundle) {
      assertTrue(installed.containsKey(bundle));
      String location = installed.get(bundle);
      return Optional.ofNullable(faults.get(location))
          .map(fault -> new StartFailure(fault, true))
          .or(
              () ->
                  Optional.ofNullable(missing.get(location))
                      .map(requirement -> new StartFailure(requirement, false)));
    }

    @Override
    public boolean isStarting(long bundle) {
      return starting.contains(bundle);
    }

    @Override
    public Description describe(long bundle) {
      assertTrue(installed.containsKey(bundle));
      return new Description("org.acme", "1.0.0", List.of(), List.of());
    }

    @Override
    public Set<Long> withDependents(long bundle) {
      return dependents.getOrDefault(bundle, Set.of(bundle));
    }

    @Override
    public void remove(long bundle) {
      assertFalse(starting.contains(bundle), "it would wait for ever");
      assertTrue(leases.hidden().contains(bundle));
      installed.remove(bundle);
    }
  }

  private static Jar jar(String sha256) {
    return new Jar(new byte[0], sha256, Optional.empty());
  }

  private Leases.Lease lease(Long bundle) {
    return leases.take(leases.settled(), Set.of(bundle)).orElseThrow();
  }

  private List<String> problems() {
    return generations.status().stream().map(file -> file.problem().orElse("")).toList();
  }

  @Test
  void aNewJarIsInstalledUnderItsNameAndContentAndUsedByNewBuilds() {
    generations.present("a.jar", jar("one"));
    assertEquals(Map.of(1L, "plugin:a.jar#one"), framework.installed);
    assertEquals(Set.of(), leases.hidden());
    assertEquals(List.of(""), problems());
  }

  @Test
  void anOlderGenerationStaysUntilItsLastLeaseIsReleased() {
    generations.present("a.jar", jar("one"));
    Leases.Lease first = lease(1L);
    Leases.Lease second = lease(1L);
    generations.present("a.jar", jar("two"));
    assertEquals(Set.of(1L, 2L), framework.installed.keySet());
    assertEquals(Set.of(1L), leases.hidden());
    first.close();
    generations.removeUnused();
    assertEquals(Set.of(1L, 2L), framework.installed.keySet());
    second.close();
    generations.removeUnused();
    assertEquals(Set.of(2L), framework.installed.keySet());
    assertEquals(Set.of(), leases.hidden());
  }

  @Test
  void anUnusedOlderGenerationIsRemovedImmediately() {
    generations.present("a.jar", jar("one"));
    generations.present("a.jar", jar("two"));
    assertEquals(Map.of(2L, "plugin:a.jar#two"), framework.installed);
  }

  @Test
  void aThousandReplacementsLeaveOneBundle() {
    for (int i = 0; i < 1_000; i++) {
      generations.present("a.jar", jar("content " + i));
    }
    assertEquals(Set.of(1_000L), framework.installed.keySet());
    assertEquals(Set.of(), leases.hidden());
  }

  @Test
  void theSameContentIsInstalledOnce() {
    generations.present("a.jar", jar("one"));
    generations.present("a.jar", jar("one"));
    generations.present("b.jar", jar("one"));
    assertEquals(Set.of(1L), framework.installed.keySet());
    generations.absent("a.jar");
    assertEquals(Set.of(1L), framework.installed.keySet());
    assertEquals(Set.of(), leases.hidden());
    generations.absent("b.jar");
    assertEquals(Set.of(), framework.installed.keySet());
  }

  @Test
  void aRemovedFileIsOnlyUsedByRunningBuilds() {
    generations.present("a.jar", jar("one"));
    Leases.Lease lease = lease(1L);
    generations.absent("a.jar");
    assertEquals(Set.of(1L), leases.hidden());
    assertEquals(Set.of(1L), framework.installed.keySet());
    assertEquals(List.of(), generations.status());
    lease.close();
    generations.removeUnused();
    assertEquals(Set.of(), framework.installed.keySet());
  }

  @Test
  void revertingToAGenerationInUseReinstatesIt() {
    generations.present("a.jar", jar("one"));
    Leases.Lease lease = lease(1L);
    generations.present("a.jar", jar("two"));
    generations.present("a.jar", jar("one"));
    assertEquals(Set.of(1L), framework.installed.keySet());
    assertEquals(Set.of(), leases.hidden());
    lease.close();
    generations.removeUnused();
    assertEquals(Set.of(1L), framework.installed.keySet());
  }

  @Test
  void whileANewGenerationWaitsTheOldOneIsUsed() {
    generations.present("a.jar", jar("one"));
    framework.missing.put("plugin:a.jar#two", "imports the package x, which no bundle exports");
    generations.present("a.jar", jar("two"));
    assertEquals(Set.of(2L), leases.hidden());
    assertEquals(List.of("imports the package x, which no bundle exports"), problems());
    framework.missing.clear();
    generations.retry();
    assertEquals(Map.of(2L, "plugin:a.jar#two"), framework.installed);
    assertEquals(Set.of(), leases.hidden());
    assertEquals(List.of(""), problems());
  }

  @Test
  void aMissingRequirementIsReportedOnce() {
    framework.missing.put("plugin:a.jar#one", "imports the package x, which no bundle exports");
    generations.present("a.jar", jar("one"));
    generations.retry();
    generations.retry();
    assertEquals(List.of("a.jar imports the package x, which no bundle exports"), warnings);
  }

  @Test
  void aWaitingGenerationIsReplacedByANewerOne() {
    framework.missing.put("plugin:a.jar#one", "imports the package x, which no bundle exports");
    generations.present("a.jar", jar("one"));
    generations.present("a.jar", jar("two"));
    assertEquals(Map.of(2L, "plugin:a.jar#two"), framework.installed);
  }

  @Test
  void aGenerationInUseWaitsAgainWhenItLosesAnImport() {
    generations.present("a.jar", jar("one"));
    framework.missing.put("plugin:a.jar#one", "imports the package x, which no bundle exports");
    generations.retry();
    assertEquals(List.of("imports the package x, which no bundle exports"), problems());
  }

  @Test
  void aFileThatIsNotABundleIsRefusedAndTheOldGenerationIsUsed() {
    generations.present("a.jar", jar("one"));
    generations.present("a.jar", new Jar(new byte[0], "half", Optional.of("is incomplete")));
    assertEquals(Set.of(1L), framework.installed.keySet());
    assertEquals(Set.of(), leases.hidden());
    assertEquals(List.of("is incomplete"), problems());
    assertEquals(Optional.empty(), generations.status().get(0).bundle());
    generations.present("a.jar", jar("two"));
    assertEquals(List.of(""), problems());
    assertEquals(Map.of(2L, "plugin:a.jar#two"), framework.installed);
  }

  @Test
  void aBundleThatFailsToStartIsRefusedUninstalledAndNotRetriedAndTheOldGenerationIsUsed() {
    generations.present("a.jar", jar("one"));
    framework.faults.put("plugin:a.jar#two", "cannot be started: no key");
    generations.present("a.jar", jar("two"));
    assertEquals(Set.of(1L), framework.installed.keySet());
    assertEquals(Set.of(), leases.hidden());
    assertEquals(List.of("cannot be started: no key"), problems());
    assertEquals(Optional.empty(), generations.status().get(0).bundle());
    assertEquals(
        "org.acme", generations.status().get(0).description().orElseThrow().symbolicName());
    generations.retry();
    assertEquals(List.of("a.jar cannot be started: no key"), warnings);
    framework.faults.clear();
    generations.present("a.jar", jar("two"));
    assertEquals(List.of(""), problems());
    assertEquals(Map.of(3L, "plugin:a.jar#two"), framework.installed);
  }

  @Test
  void aBundleWhoseStartHangsIsRemovedWhenItHasEnded() {
    framework.faults.put("plugin:a.jar#one", "has not started within 10 s");
    framework.starting.add(1L);
    generations.present("a.jar", jar("one"));
    assertEquals(Set.of(1L), framework.installed.keySet());
    assertEquals(Set.of(1L), leases.hidden());
    generations.present("b.jar", jar("other"));
    assertEquals(List.of("has not started within 10 s", ""), problems());
    framework.starting.clear();
    generations.removeUnused();
    assertEquals(Set.of(2L), framework.installed.keySet());
  }

  @Test
  void anErrorOfTheFrameworkIsReportedInOneLine() {
    framework.missing.put("plugin:a.jar#one", "refuse");
    generations.present("a.jar", jar("one"));
    assertEquals(List.of("a.jar cannot be installed: Bad manifest"), warnings);
  }

  @Test
  void aLibraryStaysWhileABundleThatDependsOnItIsInUse() {
    generations.present("lib.jar", jar("one"));
    generations.present("a.jar", jar("plugin"));
    framework.dependents.put(1L, Set.of(1L, 2L));
    Leases.Lease lease = lease(2L);
    generations.present("lib.jar", jar("two"));
    assertTrue(framework.installed.containsKey(1L));
    lease.close();
    generations.removeUnused();
    assertEquals(Set.of(2L, 3L), framework.installed.keySet());
  }
}

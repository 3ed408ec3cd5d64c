/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.engine.internal.registry.ListedService;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;

class CatalogTest {
  private static OwnerBundle bundle(String name, long id) {
    return new OwnerBundle("org.acme." + name, new Version(1, 0, (int) id), id);
  }

  private static ListedService listed(Kind kind, String name, long id, boolean current) {
    return new ListedService(
        Optional.of(kind),
        name,
        "Does " + name,
        bundle(name, id),
        current,
        Optional.empty(),
        Optional.empty());
  }

  private static DeployedFile file(String file, long bundle, String problem, List<String> plugins) {
    return new DeployedFile(
        file,
        Optional.of(bundle),
        Optional.of(new Bundles.Description("org.acme." + file, "1.0.0", List.of(), plugins)),
        Optional.of(problem).filter(text -> !text.isEmpty()));
  }

  private static List<String> catalog(List<ListedService> listed, List<DeployedFile> files) {
    return catalog(listed, files, Map.of());
  }

  private static List<String> catalog(
      List<ListedService> listed, List<DeployedFile> files, Map<Long, String> setAside) {
    return Catalog.extensions(listed, files, setAside).stream().map(CatalogTest::text).toList();
  }

  private static String text(ExtensionInfo info) {
    return info.kind()
        + " "
        + info.name()
        + " "
        + info.version()
        + " "
        + info.state()
        + (info.missing().isEmpty() ? "" : ": " + info.missing());
  }

  @Test
  void providersComeFirstAndEachKindByName() {
    assertEquals(
        List.of(
            "PROVIDER ec2 1.0.3 ACTIVE",
            "PROVIDER kvm 1.0.2 ACTIVE",
            "PLUGIN commands 1.0.4 ACTIVE",
            "PLUGIN commands 1.0.1 SUPERSEDED"),
        catalog(
            List.of(
                listed(Kind.PLUGIN, "commands", 1, false),
                listed(Kind.PROVIDER, "kvm", 2, true),
                listed(Kind.PROVIDER, "ec2", 3, true),
                listed(Kind.PLUGIN, "commands", 4, true)),
            List.of(file("commands.jar", 4, "", List.of("commands")))));
  }

  @Test
  void aBundleThatIsSetAsideSaysWhyUntilItIsReplaced() {
    assertEquals(
        List.of(
            "PLUGIN endless 1.0.2 ACTIVE",
            "PLUGIN endless 1.0.1 SUPERSEDED",
            "PLUGIN other 1.0.3 SET_ASIDE: It is not called any more, since the plugin other failed"
                + " to choose its tasks within 10 s. Replace its jar in the deploy directory"),
        catalog(
            List.of(
                listed(Kind.PLUGIN, "endless", 1, false),
                listed(Kind.PLUGIN, "endless", 2, true),
                listed(Kind.PLUGIN, "other", 3, true)),
            List.of(),
            Map.of(
                1L,
                "the plugin endless failed to choose its tasks within 10 s",
                3L,
                "the plugin other failed to choose its tasks within 10 s")));
  }

  @Test
  void aWaitingBundleIsListedWithItsCapabilities() {
    assertEquals(
        List.of(
            "PLUGIN sign 1.0.0 WAITING: The bundle imports the package x, which no bundle exports"),
        catalog(
            List.of(),
            List.of(
                file(
                    "sign.jar",
                    1,
                    "imports the package x, which no bundle exports",
                    List.of("sign")))));
  }

  @Test
  void aBundleWithAMissingPluginIsListedAsWaiting() {
    assertEquals(
        List.of(
            "PLUGIN sign 1.0.0 WAITING: The bundle is active, but a service that one of its components"
                + " references is missing"),
        catalog(List.of(), List.of(file("sign.jar", 1, "", List.of("sign")))));
  }

  @Test
  void ofTwoPluginsOfOneNameTheUnusedOneNamesTheBundleInUse() {
    ListedService second =
        new ListedService(
            Optional.of(Kind.PLUGIN),
            "sign",
            "",
            bundle("other", 2),
            true,
            Optional.of(bundle("sign", 1)),
            Optional.empty());
    assertEquals(
        List.of(
            "PLUGIN sign 1.0.1 ACTIVE",
            "PLUGIN sign 1.0.2 WAITING: The bundle org.acme.sign 1.0.1 also provides a plugin of this"
                + " name, and builds use that one; remove one of the two bundles"),
        catalog(List.of(listed(Kind.PLUGIN, "sign", 1, true), second), List.of()));
  }

  @Test
  void aBundleThatFailsToStartIsListedAsRefusedWithItsCapabilities() {
    DeployedFile failing = file("sign.jar", 1, "cannot be started: no key", List.of("sign"));
    assertEquals(
        List.of("PLUGIN sign 1.0.0 REFUSED: The bundle cannot be started: no key"),
        catalog(
            List.of(),
            List.of(
                new DeployedFile(
                    failing.file(), Optional.empty(), failing.description(), failing.problem()))));
  }

  @Test
  void aLibraryIsListedAsABundle() {
    assertEquals(
        List.of("BUNDLE org.acme.lib.jar 1.0.0 ACTIVE"),
        catalog(List.of(), List.of(file("lib.jar", 1, "", List.of()))));
  }

  @Test
  void aRefusedFileSaysWhy() {
    assertEquals(
        List.of("BUNDLE a.jar  REFUSED: The file a.jar is not a jar, or its copy is incomplete"),
        catalog(
            List.of(),
            List.of(
                new DeployedFile(
                    "a.jar",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("is not a jar, or its copy is incomplete")))));
  }

  @Test
  void aTaskWithInvalidPropertiesIsReportedAtThePluginOfItsBundle() {
    ListedService task =
        new ListedService(
            Optional.empty(),
            "org.acme.Sign",
            "",
            bundle("sign", 1),
            true,
            Optional.empty(),
            Optional.of("has the unknown phase"));
    assertEquals(
        List.of("PLUGIN sign 1.0.1 ACTIVE: The task org.acme.Sign has the unknown phase"),
        catalog(List.of(listed(Kind.PLUGIN, "sign", 1, true), task), List.of()));
  }
}

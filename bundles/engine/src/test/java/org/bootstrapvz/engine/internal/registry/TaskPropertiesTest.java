/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.host.HostCommand;
import org.bootstrapvz.api.task.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Version;

class TaskPropertiesTest {
  private static final OwnerBundle ACME = new OwnerBundle("org.acme", new Version("1.0.0"), 7);

  private final Map<String, Object> properties =
      new HashMap<>(
          Map.of("bootstrapvz.task.description", "Waiting", "bootstrapvz.task.phase", "CLEANING"));

  private TaskInfo parse() throws InvalidPropertiesException {
    return TaskProperties.parse("org.acme.Wait", ACME, properties::get);
  }

  @Test
  void aTaskNeedsOnlyADescriptionAndAPhase() throws Exception {
    assertEquals(Phase.CLEANING, parse().phase());
    assertEquals("Waiting", parse().description());
    assertEquals(List.of(), parse().predecessors());
  }

  @Test
  void anArrayOfOneMayBeGivenAsItsElement() throws Exception {
    properties.put("bootstrapvz.task.predecessors", "org.acme.First");
    properties.put("bootstrapvz.task.successors", new String[] {"org.acme.Last"});
    properties.put("bootstrapvz.task.after", List.of("org.acme.Start"));
    assertEquals(List.of("org.acme.First"), parse().predecessors());
    assertEquals(List.of("org.acme.Last"), parse().successors());
    assertEquals(List.of("org.acme.Start"), parse().after());
  }

  @Test
  void hostCommandsAreRead() throws Exception {
    properties.put("bootstrapvz.task.commands", new String[] {"qemu-img (qemu-utils)"});
    assertEquals(List.of(new HostCommand("qemu-img", "qemu-utils")), parse().commands());
  }

  @ParameterizedTest
  @CsvSource({
    "phase, CLEANIG, 'has the unknown phase \"CLEANIG\"; did you mean CLEANING?'",
    "commands, qemu-img, 'names the host command \"qemu-img\", which is not of the form \"command"
        + " (package)\"'",
  })
  void anInvalidPropertyIsDescribed(String property, String value, String defect) {
    properties.put("bootstrapvz.task." + property, value);
    assertEquals(defect, assertThrows(InvalidPropertiesException.class, this::parse).getMessage());
  }

  @Test
  void aMissingPropertyIsDescribed() throws Exception {
    properties.remove("bootstrapvz.task.description");
    assertEquals(
        "lacks the service property bootstrapvz.task.description, a string",
        assertThrows(InvalidPropertiesException.class, this::parse).getMessage());
  }

  @Test
  void aListOfAnotherTypeIsDescribed() throws Exception {
    properties.put("bootstrapvz.task.after", 3);
    assertEquals(
        "has a service property bootstrapvz.task.after that is not a list of strings",
        assertThrows(InvalidPropertiesException.class, this::parse).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "org.bootstrapvz.common, org.bootstrapvz.common.partitioning.MapPartitions,"
        + " partitioning.MapPartitions",
    "org.bootstrapvz.provider.kvm, org.bootstrapvz.provider.kvm.packages.DefaultPackages,"
        + " packages.DefaultPackages",
    "org.bootstrapvz.plugin.root-password, org.bootstrapvz.plugin.root_password.SetRootPassword,"
        + " SetRootPassword",
    "org.bootstrapvz.apt, org.bootstrapvz.apt.internal.WriteSources, WriteSources",
    "com.acme.image-plugin, net.acme.images.tasks.Sign, tasks.Sign",
    "com.acme, Sign, Sign",
  })
  void theNameOfATaskIsItsIdWithoutTheOwnersPackage(String bundle, String id, String name) {
    assertEquals(name, TaskProperties.shortName(id, bundle));
  }
}

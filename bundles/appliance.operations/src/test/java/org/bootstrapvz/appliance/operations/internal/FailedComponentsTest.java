/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class FailedComponentsTest {
  private final Map<ComponentDescriptionDTO, List<ComponentConfigurationDTO>> components =
      new LinkedHashMap<>();

  private void component(String bundle, String name, int state, String failure) {
    ComponentDescriptionDTO component = new ComponentDescriptionDTO();
    component.bundle = new BundleDTO();
    component.bundle.symbolicName = bundle;
    component.name = name;
    ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
    configuration.state = state;
    configuration.failure = failure;
    components.put(component, List.of(configuration));
  }

  private List<String> sentences() {
    ServiceComponentRuntime runtime =
        (ServiceComponentRuntime)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServiceComponentRuntime.class},
                (proxy, method, arguments) ->
                    method.getName().equals("getComponentDescriptionDTOs")
                        ? new ArrayList<>(components.keySet())
                        : (Collection<?>) components.get(arguments[0]));
    return new FailedComponents(runtime).sentences();
  }

  @Test
  void aFailedPartIsNamedWithTheCauseOfItsFailure() {
    component(
        "org.bootstrapvz.appliance.queue",
        "org.bootstrapvz.appliance.queue.internal.store.Database",
        ComponentConfigurationDTO.FAILED_ACTIVATION,
        "java.lang.reflect.InvocationTargetException\n\tat a.B.c(B.java:1)\n"
            + "Caused by: java.lang.RuntimeException: outer\n\t... 1 more\n"
            + "Caused by: java.io.IOException: The disk is full\n\t... 2 more\n");
    assertEquals(
        List.of(
            "The appliance cannot run without its part Database, which failed: java.io.IOException: The disk is full"),
        sentences());
  }

  @Test
  void partsOfPluginsAndPartsThatWaitAreNotFailures() {
    component("org.acme", "org.acme.Part", ComponentConfigurationDTO.FAILED_ACTIVATION, "x");
    component(
        "org.bootstrapvz.appliance.http",
        "org.bootstrapvz.appliance.http.Waiting",
        ComponentConfigurationDTO.UNSATISFIED_REFERENCE,
        "");
    assertEquals(List.of(), sentences());
  }

  @Test
  void aFailureWithoutACauseIsDescribedByItsFirstLine() {
    component(
        "org.bootstrapvz.appliance.http",
        "Part",
        ComponentConfigurationDTO.FAILED_ACTIVATION,
        "java.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)\n");
    assertEquals(
        List.of(
            "The appliance cannot run without its part Part, which failed: java.lang.IllegalStateException: no"),
        sentences());
  }
}

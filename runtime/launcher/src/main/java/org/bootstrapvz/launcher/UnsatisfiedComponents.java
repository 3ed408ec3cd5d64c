/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Describes the components that wait for a service that is not registered. The launcher cannot use
 * packages of bundles, so it calls the runtime of Declarative Services by reflection.
 */
final class UnsatisfiedComponents {

  private static final String RUNTIME =
      "org.osgi.service.component.runtime.ServiceComponentRuntime";

  private final BundleContext context;

  UnsatisfiedComponents(BundleContext context) {
    this.context = context;
  }

  /**
   * One sentence for each missing service; services that another waiting component will register
   * are not the cause.
   */
  List<String> sentences() {
    ServiceReference<?> reference = context.getServiceReference(RUNTIME);
    if (reference == null) {
      return List.of("The runtime of declarative services is not there.");
    }
    Set<Object> offeredLater = new HashSet<>();
    Map<String, Object> sentences = new LinkedHashMap<>();
    try {
      Object runtime = context.getService(reference);
      for (Object component : call(runtime, "getComponentDescriptionDTOs", new Bundle[0])) {
        for (Object configuration : call(runtime, "getComponentConfigurationDTOs", component)) {
          List<?> missing = list(configuration, "unsatisfiedReferences");
          if (!missing.isEmpty()) {
            offeredLater.addAll(list(component, "serviceInterfaces"));
          }
          for (Object unsatisfied : missing) {
            Object needed = reference(component, field(unsatisfied, "name"));
            Object target = field(needed, "target");
            Object service = field(needed, "interfaceName");
            sentences.put(
                "The component %s waits for the service %s%s, which nothing offers."
                    .formatted(
                        field(component, "name"), service, target == null ? "" : " " + target),
                service);
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      return List.of("The runtime of declarative services does not answer: " + ErrorMessages.of(e));
    }
    sentences.values().removeAll(offeredLater);
    return List.copyOf(sentences.keySet());
  }

  private static Object reference(Object component, Object name)
      throws ReflectiveOperationException {
    for (Object reference : list(component, "references")) {
      if (name.equals(field(reference, "name"))) {
        return reference;
      }
    }
    throw new NoSuchFieldException(name.toString());
  }

  private static List<?> list(Object dto, String name) throws ReflectiveOperationException {
    return Arrays.asList((Object[]) field(dto, name));
  }

  private static Collection<?> call(Object runtime, String name, Object argument)
      throws ReflectiveOperationException {
    for (var method : runtime.getClass().getMethods()) {
      if (method.getName().equals(name)) {
        return (Collection<?>) method.invoke(runtime, argument);
      }
    }
    throw new NoSuchMethodException(name);
  }

  private static Object field(Object dto, String name) throws ReflectiveOperationException {
    return dto.getClass().getField(name).get(dto);
  }
}

package org.bootstrapvz.launcher;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Tells in sentences which components wait for a service that nobody offers. The launcher sees no package of a bundle,
 * so the runtime of declarative services is asked by name.
 */
final class WaitingComponents {

  private static final String RUNTIME =
      "org.osgi.service.component.runtime.ServiceComponentRuntime";

  private final BundleContext context;

  WaitingComponents(BundleContext context) {
    this.context = context;
  }

  List<String> sentences() {
    ServiceReference<?> reference = context.getServiceReference(RUNTIME);
    if (reference == null) {
      return List.of("The runtime of declarative services is not there.");
    }
    List<String> sentences = new ArrayList<>();
    try {
      Object runtime = context.getService(reference);
      for (Object component : call(runtime, "getComponentDescriptionDTOs", new Bundle[0])) {
        for (Object configuration : call(runtime, "getComponentConfigurationDTOs", component)) {
          Object waitsFor = field(configuration, "unsatisfiedReferences");
          for (int i = 0; i < Array.getLength(waitsFor); i++) {
            sentences.add(sentence(component, field(Array.get(waitsFor, i), "name")));
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      sentences.add("The runtime of declarative services does not answer: " + Sentences.of(e));
    }
    return sentences;
  }

  private static String sentence(Object component, Object reference)
      throws ReflectiveOperationException {
    String service = reference.toString();
    Object references = field(component, "references");
    for (int i = 0; i < Array.getLength(references); i++) {
      Object candidate = Array.get(references, i);
      if (reference.equals(field(candidate, "name"))) {
        Object target = field(candidate, "target");
        service = field(candidate, "interfaceName") + (target == null ? "" : " " + target);
      }
    }
    return "The component %s waits for the service %s, which nothing offers."
        .formatted(field(component, "name"), service);
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

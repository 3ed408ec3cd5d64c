/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.felix.framework.FrameworkFactory;
import org.bootstrapvz.api.extension.Plugin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.PrototypeServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

class ActivationCheckTest {
  private final AtomicInteger inUse = new AtomicInteger();
  @TempDir private Path storage;
  private Framework framework;

  @BeforeEach
  void startTheFramework() throws BundleException {
    framework =
        new FrameworkFactory()
            .newFramework(
                Map.of("org.osgi.framework.storage", storage.toString(), "felix.log.level", "0"));
    framework.start();
  }

  @AfterEach
  void stopTheFramework() throws BundleException, InterruptedException {
    framework.stop();
    framework.waitForStop(0);
  }

  /** Registers a service that counts how often it is in use. */
  private <T> void register(Class<T> type, Optional<T> service) {
    framework
        .getBundleContext()
        .registerService(
            type,
            new PrototypeServiceFactory<T>() {
              @Override
              public T getService(Bundle bundle, ServiceRegistration<T> registration) {
                service.ifPresent(given -> inUse.incrementAndGet());
                return service.orElse(null);
              }

              @Override
              public void ungetService(
                  Bundle bundle, ServiceRegistration<T> registration, T released) {
                inUse.decrementAndGet();
              }
            },
            new Hashtable<>(Map.of("component.name", "org.acme.Sign")));
  }

  private <T> T service(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answers.get(method.getName())));
  }

  private Optional<String> failure() {
    return new ActivationCheck(framework.getBundleContext()).failure(framework);
  }

  @Test
  void aPluginThatCanBeActivatedIsReleased() {
    register(Plugin.class, Optional.of(service(Plugin.class, Map.of())));
    assertEquals(Optional.empty(), failure());
    assertEquals(0, inUse.get());
  }

  @Test
  void aPluginThatCannotBeActivatedIsReported() {
    register(Plugin.class, Optional.empty());
    assertEquals(Optional.of("cannot be used: org.acme.Sign cannot be activated"), failure());
  }

  @Test
  void theRuntimeThatKnowsTheCauseIsReleased() {
    register(Plugin.class, Optional.empty());
    ComponentConfigurationDTO failed = new ComponentConfigurationDTO();
    failed.failure = "java.lang.Error: outer\n\tat x\nCaused by: java.io.IOException: no key\n";
    register(
        ServiceComponentRuntime.class,
        Optional.of(
            service(
                ServiceComponentRuntime.class,
                Map.of(
                    "getComponentDescriptionDTO",
                    new ComponentDescriptionDTO(),
                    "getComponentConfigurationDTOs",
                    List.of(failed)))));
    assertEquals(
        Optional.of(
            "cannot be used: org.acme.Sign cannot be activated: java.io.IOException: no key"),
        failure());
    assertEquals(0, inUse.get());
  }
}

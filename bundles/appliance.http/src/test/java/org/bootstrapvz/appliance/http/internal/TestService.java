/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.Version;
import org.osgi.service.component.ComponentServiceObjects;

/** A registered service, without a container. */
final class TestService<T> implements ComponentServiceObjects<T> {
  /** The id of the bundle under test. */
  static final long OWN_BUNDLE = 1;

  private static final long OTHER_BUNDLE = 2;
  private static long lastId;

  private final T service;
  private final Reference<T> reference;

  private TestService(T service, long bundle, String symbolicName, int ranking) {
    this.service = service;
    this.reference =
        new Reference<>(
            bundle(bundle, symbolicName),
            Map.of(
                Constants.SERVICE_ID,
                nextId(),
                Constants.SERVICE_RANKING,
                ranking,
                "component.name",
                service.getClass().getName()));
  }

  private static synchronized long nextId() {
    return ++lastId;
  }

  /** A service of the bundle under test. */
  static <T> TestService<T> own(T service) {
    return new TestService<>(service, OWN_BUNDLE, "org.bootstrapvz.appliance.http", 0);
  }

  /** A service of another bundle. */
  static <T> TestService<T> foreign(T service, int ranking) {
    return new TestService<>(service, OTHER_BUNDLE, "org.example.other", ranking);
  }

  private static Bundle bundle(long id, String symbolicName) {
    return (Bundle)
        Proxy.newProxyInstance(
            TestService.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBundleId" -> id;
                  case "getSymbolicName" -> symbolicName;
                  case "getVersion" -> new Version(1, 2, 3);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Override
  public T getService() {
    return service;
  }

  @Override
  public void ungetService(T released) {}

  @Override
  public ServiceReference<T> getServiceReference() {
    return reference;
  }

  private record Reference<T>(Bundle bundle, Map<String, Object> properties)
      implements ServiceReference<T> {
    @Override
    public Object getProperty(String key) {
      return properties.get(key);
    }

    @Override
    public String[] getPropertyKeys() {
      return properties.keySet().toArray(String[]::new);
    }

    @Override
    public Bundle getBundle() {
      return bundle;
    }

    @Override
    public Bundle[] getUsingBundles() {
      return null;
    }

    @Override
    public boolean isAssignableTo(Bundle other, String className) {
      return true;
    }

    @Override
    public int compareTo(Object other) {
      Map<String, Object> others = ((Reference<?>) other).properties;
      int byRanking =
          Integer.compare(
              (Integer) properties.get(Constants.SERVICE_RANKING),
              (Integer) others.get(Constants.SERVICE_RANKING));
      return byRanking != 0
          ? byRanking
          : Long.compare(
              (Long) others.get(Constants.SERVICE_ID), (Long) properties.get(Constants.SERVICE_ID));
    }

    @Override
    public Dictionary<String, Object> getProperties() {
      return new Hashtable<>(properties);
    }

    @Override
    public <A> A adapt(Class<A> type) {
      return null;
    }
  }
}

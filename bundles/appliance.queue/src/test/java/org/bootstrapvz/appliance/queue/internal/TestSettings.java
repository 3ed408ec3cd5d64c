/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.bootstrapvz.appliance.queue.internal.store.DatabaseSettings;

/** Settings as in a file of conf/, the rest as it is by default but for a quicker pace. */
final class TestSettings {
  private final Map<String, Object> values = new HashMap<>();

  TestSettings() {
    with("name", "test")
        .with("concurrency", 1)
        .with("pollInterval", "50ms")
        .with("heartbeatInterval", "250ms");
    with("minFreeSpace", "0B");
  }

  TestSettings with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** The settings as a text, for another process. */
  String text() {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining("\n"));
  }

  static TestSettings of(String text) {
    TestSettings settings = new TestSettings();
    text.lines()
        .map(line -> line.split("=", 2))
        .forEach(pair -> settings.with(pair[0], value(pair[0], pair[1])));
    return settings;
  }

  private static Object value(String name, String text) {
    return switch (name) {
      case "interrupted" -> QueueSettings.Interrupted.valueOf(text);
      case "concurrency" -> Integer.valueOf(text);
      default -> text;
    };
  }

  QueueSettings queue() {
    return annotation(QueueSettings.class);
  }

  DatabaseSettings database() {
    return annotation(DatabaseSettings.class);
  }

  private <T> T annotation(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) ->
                values.getOrDefault(method.getName(), method.getDefaultValue())));
  }
}

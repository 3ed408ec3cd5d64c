/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.bootstrapvz.api.host.HostCommand;
import org.jspecify.annotations.Nullable;

/** The service properties of a component property type. */
final class ServiceProperties {
  private final String prefix;
  private final Function<String, @Nullable Object> properties;

  /**
   * @param prefix of the names of all of them
   * @param properties gives the value for a name with its prefix; null if there is none
   */
  ServiceProperties(String prefix, Function<String, @Nullable Object> properties) {
    this.prefix = prefix;
    this.properties = properties;
  }

  /** A mandatory property. */
  String text(String name) throws InvalidPropertiesException {
    if (properties.apply(prefix + name) instanceof String text) {
      return text;
    }
    throw new InvalidPropertiesException(
        "lacks the service property " + prefix + name + ", a string");
  }

  /** A property that is a text, with a default. */
  String text(String name, String absent) throws InvalidPropertiesException {
    return properties.apply(prefix + name) == null ? absent : text(name);
  }

  /** Whether a property is {@code true}; false if it is not there. */
  boolean isTrue(String name) throws InvalidPropertiesException {
    Object value = properties.apply(prefix + name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    if (value.equals("true") || value.equals("false")) {
      return value.equals("true");
    }
    throw new InvalidPropertiesException(
        "has a service property " + prefix + name + " that is neither true nor false");
  }

  /**
   * A list without duplicates; empty if it is not there. An empty array is written as no property;
   * an array of one may be given as its element.
   */
  List<String> texts(String name) throws InvalidPropertiesException {
    Object value = properties.apply(prefix + name);
    if (value == null) {
      return List.of();
    }
    Collection<?> items;
    if (value instanceof Object[] array) {
      items = Arrays.asList(array);
    } else if (value instanceof Collection<?> collection) {
      items = collection;
    } else {
      items = List.of(value);
    }
    if (!items.stream().allMatch(String.class::isInstance)) {
      throw new InvalidPropertiesException(
          "has a service property " + prefix + name + " that is not a list of strings");
    }
    return items.stream().map(String.class::cast).distinct().toList();
  }

  /** A list of host commands, each with its Debian package. */
  List<HostCommand> commands(String name) throws InvalidPropertiesException {
    List<HostCommand> commands = new ArrayList<>();
    for (String notation : texts(name)) {
      try {
        commands.add(HostCommand.parse(notation));
      } catch (IllegalArgumentException e) {
        throw new InvalidPropertiesException(
            "names the host command \""
                + notation
                + "\", which is not of the form \"command (package)\"");
      }
    }
    return List.copyOf(commands);
  }
}

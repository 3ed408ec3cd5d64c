/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A configuration file of the appliance, {@code conf/PID.cfg}: which settings it has, and checks
 * that need more than one value or the machine. The appliance reads no file before the services of
 * all its sections are registered, and passes the values on only if the file has no errors.
 *
 * <p>A plugin needs no section: files whose name does not begin with {@code
 * org.bootstrapvz.appliance.} are passed to Configuration Admin unchecked.
 */
@ConsumerType
public interface ConfigurationSection {
  /** The PID of the configuration, which is the name of the file without {@code .cfg}. */
  String pid();

  /**
   * The annotation type of the settings. Its Metatype document (OSGi Compendium, 105), which the
   * build makes from {@code @ObjectClassDefinition}, has the keys, types, limits and defaults.
   */
  Class<?> settings();

  /** The settings of type String whose value is a duration or a size, by key. */
  default Map<String, Quantity> quantities() {
    return Map.of();
  }

  /** Keys that the file had in earlier versions, with the key that replaces each. */
  default Map<String, String> renamedKeys() {
    return Map.of();
  }

  /**
   * Checks values that are each valid by themselves.
   *
   * @param values the values that the file sets, by key; defaults are not included
   * @return errors, each a sentence that begins with the key and a colon
   */
  default List<String> check(Map<String, Object> values) {
    return List.of();
  }

  /**
   * Checks values that are to replace others, as {@link #check} does.
   *
   * @param current the values in use
   */
  default List<String> checkChange(Map<String, Object> values, Map<String, Object> current) {
    return check(values);
  }
}

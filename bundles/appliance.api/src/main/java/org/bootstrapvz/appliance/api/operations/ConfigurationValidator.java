/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.operations;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Checks a configuration file of the appliance beyond the type and the range of each value, for
 * instance whether files exist. A service with the property {@link #PID_PROPERTY}. The file is used
 * only if there are no problems.
 */
@ConsumerType
public interface ConfigurationValidator {
  /** Service property: the PID of the configuration, which is the name of its file without .cfg. */
  String PID_PROPERTY = "bootstrapvz.configuration.pid";

  /** The PID of the configuration. */
  String pid();

  /**
   * Checks values.
   *
   * @param values by key; a key that is missing has its default value
   * @param current the values in use; empty at the start
   * @return the problems, each a sentence that starts with the keys it is about
   */
  List<String> check(Map<String, Object> values, Optional<Map<String, Object>> current);
}

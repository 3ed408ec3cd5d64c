/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the database. */
@ObjectClassDefinition(
    name = "bootstrap-vz database",
    description = "Where the appliance stores queue and history")
public @interface DatabaseSettings {
  /** The PID of the configuration. */
  String PID = "org.bootstrapvz.appliance.database";

  @AttributeDefinition(
      name = "URL",
      description =
          "jdbc:postgresql://HOST/DATABASE for a queue that several appliances share (default: a"
              + " file in the state directory)",
      required = false)
  String url() default "";

  @AttributeDefinition(
      name = "User",
      description = "Database user; not used with a file",
      required = false)
  String user() default "";

  @AttributeDefinition(
      name = "Password file",
      description = "File whose first line is the password of the database user",
      required = false)
  String passwordFile() default "";

  @AttributeDefinition(
      name = "Connections",
      description = "Maximum number of open connections",
      min = "2",
      max = "1000")
  int connections() default 10;
}

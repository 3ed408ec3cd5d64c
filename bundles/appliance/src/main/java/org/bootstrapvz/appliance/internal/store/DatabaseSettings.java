/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.store;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where queue and history are kept. */
@ObjectClassDefinition(
    name = "bootstrap-vz database",
    description = "Where the appliance keeps queue and history")
public @interface DatabaseSettings {
  /** Names the configuration. */
  String PID = "org.bootstrapvz.appliance.database";

  /** Which database. */
  @AttributeDefinition(
      name = "URL",
      description =
          "jdbc:postgresql://HOST/DATABASE for a queue that several appliances share; empty for a"
              + " file in the state folder",
      required = false)
  String url() default "";

  /** The user. */
  @AttributeDefinition(
      name = "User",
      description = "The database's user; unused with a file",
      required = false)
  String user() default "";

  /** The password's file. */
  @AttributeDefinition(
      name = "Password file",
      description = "A file whose first line is that user's password; empty for none",
      required = false)
  String passwordFile() default "";

  /** Size of the pool. */
  @AttributeDefinition(
      name = "Connections",
      description = "How many connections are open at most",
      min = "2",
      max = "1000")
  int connections() default 10;
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the appliance logs. */
@ObjectClassDefinition(name = "bootstrap-vz log", description = "What the appliance logs, and how")
public @interface LogSettings {
  /** Names the configuration. */
  String PID = "org.bootstrapvz.appliance.log";

  /** How a line looks. */
  enum Format {
    /** For people, and for the journal. */
    TEXT,
    /** One object a line, for programs. */
    JSON
  }

  /** What is worth a line. */
  enum Level {
    /** What does not work. */
    ERROR,
    /** What may soon not work. */
    WARN,
    /** What goes on. */
    INFO,
    /** What helps to find a mistake. */
    DEBUG
  }

  /** How a line looks. */
  @AttributeDefinition(
      name = "Format",
      description = "TEXT for people and for systemd's journal; JSON for one object a line")
  Format format() default Format.TEXT;

  /** Of ours. */
  @AttributeDefinition(
      name = "Level",
      description = "The least important that bootstrap-vz itself logs")
  Level level() default Level.INFO;

  /** Of others. */
  @AttributeDefinition(
      name = "Libraries",
      description = "The least important that the libraries it uses log")
  Level libraries() default Level.WARN;
}

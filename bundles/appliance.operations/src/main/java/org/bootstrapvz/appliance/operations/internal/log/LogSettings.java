/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the log. */
@ObjectClassDefinition(name = "bootstrap-vz log", description = "What the appliance logs, and how")
public @interface LogSettings {
  /** The PID of the configuration. */
  String PID = "org.bootstrapvz.appliance.log";

  /** Format of a line. */
  enum Format {
    /** For people, and for systemd's journal. */
    TEXT,
    /** One object per line, for programs. */
    JSON
  }

  /** Level of a record. */
  enum Level {
    /** Does not work. */
    ERROR,
    /** May soon not work. */
    WARN,
    /** A change of state. */
    INFO,
    /** Helps to find errors. */
    DEBUG
  }

  @AttributeDefinition(
      name = "Format",
      description = "TEXT for people and for systemd's journal; JSON for one object per line")
  Format format() default Format.TEXT;

  @AttributeDefinition(name = "Level", description = "Minimum log level of bootstrap-vz")
  Level level() default Level.INFO;

  @AttributeDefinition(name = "Libraries", description = "Minimum log level of the libraries")
  Level libraries() default Level.WARN;

  @AttributeDefinition(
      name = "Maximum size of the audit log",
      description = "Size at which the audit log is rotated")
  String auditMaxSize() default "4MiB";

  @AttributeDefinition(
      name = "Files of the audit log",
      description = "Number of rotated files of the audit log that are kept",
      min = "1",
      max = "1000")
  int auditFiles() default 10;
}

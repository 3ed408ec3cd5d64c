/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.queue;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How the appliance builds, and how much of the history it keeps. */
@ObjectClassDefinition(
    name = "bootstrap-vz queue",
    description = "How the appliance builds, and how much of the history it keeps")
public @interface QueueSettings {
  /** Names the configuration. */
  String PID = "org.bootstrapvz.appliance.queue";

  /** What becomes of a build whose appliance died or was stopped. */
  enum Interrupted {
    /** It is marked as interrupted; somebody may retry it. */
    MARK,
    /** It is queued again, at its old place, but run no more than three times. */
    QUEUE
  }

  /** The name people see. */
  @AttributeDefinition(
      name = "Name",
      description = "What this appliance is called; empty for the name of the host",
      required = false)
  String name() default "";

  /** Builds at once. */
  @AttributeDefinition(
      name = "Concurrency",
      description =
          "How many builds run at once; 0 for one per 2 GiB of memory that is available at the"
              + " start, but not more than there are processors, and at least one",
      min = "0",
      max = "1000")
  int concurrency() default 0;

  /** Where artefacts are kept. */
  @AttributeDefinition(
      name = "Folder",
      description =
          "Where builds work and their artefacts are kept; empty for builds in the state folder",
      required = false)
  String folder() default "";

  /** What becomes of interrupted builds. */
  @AttributeDefinition(
      name = "Interrupted builds",
      description =
          "MARK them as interrupted, or QUEUE them again; after the third time they are marked")
  Interrupted interrupted() default Interrupted.MARK;

  /** How long a stop waits. */
  @AttributeDefinition(
      name = "Wait on stop",
      description =
          "For how many seconds the appliance waits for running builds when it is stopped, before"
              + " it cancels them",
      min = "0")
  int stopWaitSeconds() default 0;

  /** Host packages. */
  @AttributeDefinition(
      name = "Install missing packages",
      description = "Whether builds may install the packages of the host that they need")
  boolean installMissing() default false;

  /** Space for a build. */
  @AttributeDefinition(
      name = "Room",
      description =
          "How many MiB must be free for each build; a build of a smaller volume needs twice its"
              + " size",
      min = "0")
  int roomMebibytes() default 3072;

  /** Length of logs. */
  @AttributeDefinition(
      name = "Log",
      description = "How many MiB of a build's log are kept",
      min = "1")
  int logMebibytes() default 64;

  /** Retention by count. */
  @AttributeDefinition(
      name = "Keep builds",
      description = "How many ended builds are kept; 0 for all",
      min = "0")
  int keepBuilds() default 10_000;

  /** Retention by age. */
  @AttributeDefinition(
      name = "Keep days",
      description = "For how many days ended builds are kept; 0 for ever",
      min = "0")
  int keepDays() default 365;

  /** Retention by size. */
  @AttributeDefinition(
      name = "Keep size",
      description =
          "How many MiB the artefacts of ended builds may take on the disk; 0 for any. The oldest"
              + " builds go first, the newest stays",
      min = "0")
  long keepMebibytes() default 0;

  /** Polling. */
  @AttributeDefinition(
      name = "Poll",
      description = "How many milliseconds pass between two looks for builds of other appliances",
      min = "50")
  int pollMillis() default 1000;

  /** Heartbeats. */
  @AttributeDefinition(
      name = "Heartbeat",
      description =
          "How many milliseconds pass between two signs of life in a shared database; an appliance"
              + " that misses four in a row is taken for dead",
      min = "100")
  int heartbeatMillis() default 10_000;
}

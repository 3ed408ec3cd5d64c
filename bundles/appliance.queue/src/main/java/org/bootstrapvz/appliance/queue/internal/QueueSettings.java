/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the queue and the history. Durations and sizes are checked by QueueSection. */
@ObjectClassDefinition(
    name = "bootstrap-vz queue",
    description = "How the appliance builds, and how much history it keeps")
public @interface QueueSettings {
  /** The PID of the configuration. */
  String PID = "org.bootstrapvz.appliance.queue";

  /** What to do with a build that a crash or a stop interrupted. */
  enum Interrupted {
    /** Mark it as interrupted; it can be retried. */
    MARK,
    /** Queue it again, at its old place, up to three attempts. */
    QUEUE
  }

  /** Which builds run in a user namespace of their own. */
  enum Isolation {
    /** All; manifests that need root are rejected. */
    USER,
    /** All but those that need root, which run as root of the host. */
    AS_NEEDED,
    /** None: all run as root of the host. */
    ROOT
  }

  @AttributeDefinition(
      name = "Name",
      description = "Name of this appliance (default: the host name)",
      required = false)
  String name() default "";

  @AttributeDefinition(
      name = "Concurrency",
      description =
          "Maximum number of builds that run at once; 0 for one per 2 GiB of memory that is"
              + " available at the start, at most one per processor, and at least one",
      min = "0",
      max = "1000")
  int concurrency() default 0;

  @AttributeDefinition(
      name = "Directory",
      description =
          "Where builds work and artefacts are kept (default: builds in the state directory)",
      required = false)
  String directory() default "";

  @AttributeDefinition(
      name = "Isolation",
      description =
          "Which builds are isolated from the host in a user namespace: USER for all, so that"
              + " manifests that need root are rejected; AS_NEEDED for all but those; ROOT for none")
  Isolation isolation() default Isolation.USER;

  @AttributeDefinition(
      name = "Isolation ids",
      description =
          "First and last of the user and group ids that isolated builds may use, at least 65536"
              + " for each build at the same time (default: those of bootstrap-vz in /etc/subuid and"
              + " /etc/subgid, or else 1879048192-1944584191)",
      required = false)
  String isolationIds() default "";

  @AttributeDefinition(
      name = "Isolation paths",
      description =
          "Absolute paths, separated by commas, of files and directories of the host that isolated"
              + " builds may read, too",
      required = false)
  String isolationPaths() default "";

  @AttributeDefinition(
      name = "Maximum number of processes",
      description = "Maximum number of processes and threads of an isolated build",
      min = "256",
      max = "1000000")
  int maxProcesses() default 4096;

  @AttributeDefinition(
      name = "Maximum memory",
      description =
          "Maximum memory of an isolated build, including the files that it keeps in memory; 0B for"
              + " three quarters of that of the machine. It applies if systemd delegated control"
              + " groups of version 2, as the unit of the package asks")
  String maxMemory() default "0B";

  @AttributeDefinition(
      name = "Interrupted builds",
      description =
          "What to do with a build interrupted by a crash or a stop: MARK it as interrupted, or"
              + " QUEUE it again; after three attempts it is marked")
  Interrupted interrupted() default Interrupted.MARK;

  @AttributeDefinition(
      name = "Stop timeout",
      description =
          "How long the appliance waits for running builds on shutdown before it cancels them")
  String stopTimeout() default "0s";

  @AttributeDefinition(
      name = "Planning timeout",
      description =
          "How long each provider, plugin or type of volume may take to check a manifest and to"
              + " choose its tasks. A plugin of the deploy directory that takes longer is not called"
              + " any more until its jar is replaced")
  String planningTimeout() default "10s";

  @AttributeDefinition(
      name = "Install missing packages",
      description = "Whether builds may install missing packages on the host")
  boolean installMissing() default false;

  @AttributeDefinition(
      name = "Minimum free space",
      description =
          "Free disk space required to start a build; a build with a smaller volume needs twice its"
              + " size")
  String minFreeSpace() default "3GiB";

  @AttributeDefinition(
      name = "Maximum log size",
      description =
          "How much of a build's log is kept in the database; the rest is in the file rest.log of"
              + " its directory")
  String maxLogSize() default "64MiB";

  @AttributeDefinition(
      name = "Keep builds",
      description = "Number of ended builds to keep; 0 for all",
      min = "0")
  int keepBuilds() default 10_000;

  @AttributeDefinition(
      name = "Keep for",
      description = "How long ended builds are kept; 0d for ever")
  String keepFor() default "365d";

  @AttributeDefinition(
      name = "Keep size",
      description =
          "Maximum disk space of the artefacts of ended builds; 0B for no limit. The oldest builds"
              + " are removed first; the newest stays")
  String keepSize() default "0B";

  @AttributeDefinition(
      name = "Poll interval",
      description = "How often to look for builds that other appliances queued")
  String pollInterval() default "1s";

  @AttributeDefinition(
      name = "Heartbeat interval",
      description =
          "How often to write a heartbeat to the shared database. An appliance that misses four"
              + " heartbeats is considered dead")
  String heartbeatInterval() default "10s";
}

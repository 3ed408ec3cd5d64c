/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal;

/** The keys of the queue's configuration that say how builds are isolated. */
@interface WorkerSettings {
  /** Which builds run in a user namespace of their own. */
  enum Isolation {
    /** All. */
    USER,
    /** All but those that need root, which run as root. */
    AS_NEEDED,
    /** None. */
    ROOT
  }

  /** As in the file. */
  Isolation isolation() default Isolation.USER;

  /** First and last id that builds may use; empty for the default. */
  String isolationIds() default "";

  /** Absolute paths, separated by commas, that builds may read. */
  String isolationPaths() default "";

  /** Maximum number of processes and threads of a build. */
  int maxProcesses() default 4096;

  /** Maximum memory of a build, with unit; zero for three quarters of that of the machine. */
  String maxMemory() default "0B";
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

/**
 * The phases of a build, in the order in which they run. Every task of a phase runs after every
 * task of all earlier phases.
 *
 * <p>Tasks up to and including {@link #SYSTEM_CLEANING} may change the root; later ones may only
 * change the volume and the artefacts.
 */
public enum Phase {
  /** Check data, files and the host before anything is created. */
  VALIDATION("Validation"),
  /** Collect packages and settings; create the workspace. */
  PREPARATION("Preparation"),
  /** Create the volume. */
  VOLUME_CREATION("Volume creation"),
  /** Partition the volume. */
  VOLUME_PREPARATION("Volume preparation"),
  /** Create the directory that becomes the root. */
  VOLUME_MOUNTING("Volume mounting"),
  /** Install the base system into the root. */
  OS_INSTALLATION("OS installation"),
  /** Configure apt and install packages. */
  PACKAGE_INSTALLATION("Package installation"),
  /** Configure the installed system. */
  SYSTEM_MODIFICATION("System modification"),
  /** Run additions of the manifest: commands, files, playbooks. */
  USER_MODIFICATION("User modification"),
  /** Remove secrets, caches and leftovers from the root. */
  SYSTEM_CLEANING("System cleaning"),
  /**
   * The root is complete: create filesystems from it, and write them and the bootloader to the
   * volume.
   */
  VOLUME_UNMOUNTING("Volume unmounting"),
  /** Convert, pack, upload, register. */
  IMAGE_REGISTRATION("Image registration"),
  /** Release what is no longer needed. */
  CLEANING("Cleaning");

  private final String title;

  Phase(String title) {
    this.title = title;
  }

  /** Returns the name of the phase for people, for example {@code OS installation}. */
  public String title() {
    return title;
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

/** The sections of the list of commands, in their order. */
public enum CommandCategory {
  /** Build and try images. */
  IMAGES("Build images"),
  /** Check and convert manifests. */
  MANIFESTS("Work with manifests"),
  /** Install, list and write plugins and providers. */
  EXTENSIONS("Add plugins and providers"),
  /** Run an appliance and use one. */
  APPLIANCE("Use a build appliance"),
  /** All others. */
  OTHER("Other commands");

  private final String title;

  CommandCategory(String title) {
    this.title = title;
  }

  /** The heading. */
  public String title() {
    return title;
  }
}

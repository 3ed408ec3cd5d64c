/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.value.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes the directories of builds that have ended. */
final class BuildDirectories {
  private static final Logger LOG = LoggerFactory.getLogger(BuildDirectories.class);

  private final BuildSite site;
  private final ResourceType directories;

  /**
   * @param directories releases directories
   */
  BuildDirectories(BuildSite site, ResourceType directories) {
    this.site = site;
    this.directories = directories;
  }

  /** Deletes the directories of all runs of a build; returns whether they are gone. */
  boolean delete(long id) {
    try {
      for (Path directory : site.directories(id)) {
        delete(directory);
      }
      return true;
    } catch (BuildException | IOException e) {
      LOG.warn("Could not remove the files of build {}: {}", id, e.toString());
      return false;
    }
  }

  /** Deletes the directory of one run of a build. */
  void delete(long id, long fence) {
    try {
      delete(site.directory(id, fence));
    } catch (BuildException | IOException e) {
      LOG.warn("Could not remove the files of build {}: {}", id, e.toString());
    }
  }

  private void delete(Path directory) throws BuildException, IOException {
    directories.release(ResourceSpec.folder(directory), new NoSandbox());
  }

  /** The sandbox of a build that has ended is gone. */
  private static final class NoSandbox implements ReleaseContext {
    @Override
    public String nonce() {
      return "";
    }

    @Override
    public void mask(Secret secret) {
      // Deleting files needs no secrets.
    }

    @Override
    public Optional<Sandbox> sandbox() {
      return Optional.empty();
    }

    @Override
    public void log(String line) {
      LOG.debug("{}", line);
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.appliance.api.operations.Durations;
import org.bootstrapvz.appliance.queue.internal.store.HistoryStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes old builds of this appliance from the history, with their artefacts. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final QueueSettings settings;
  private final HistoryStore history;
  private final BuildSite site;
  private final ResourceType directories;

  /**
   * @param directories releases directories
   */
  Retention(
      QueueSettings settings, HistoryStore history, BuildSite site, ResourceType directories) {
    this.settings = settings;
    this.history = history;
    this.site = site;
    this.directories = directories;
  }

  /** Removes builds beyond the configured number, age and size. */
  void apply(Instant now) {
    Duration keepFor = Durations.parse(settings.keepFor());
    Instant oldest = keepFor.isZero() ? Instant.MIN : now.minus(keepFor);
    long keepBytes = Bytes.parse(settings.keepSize()).count();
    long maxBytes = keepBytes == 0 ? Long.MAX_VALUE : keepBytes;
    long maxBuilds = settings.keepBuilds() == 0 ? Long.MAX_VALUE : settings.keepBuilds();
    long count = 0;
    long bytes = 0;
    for (HistoryStore.Old build : history.ended(site.instance())) {
      count++;
      bytes += build.bytes();
      boolean tooLarge = bytes > maxBytes && count > 1;
      if (count > maxBuilds || build.finished().isBefore(oldest) || tooLarge) {
        forget(build);
      }
    }
  }

  private void forget(HistoryStore.Old build) {
    try {
      // Files first: a build that is still in the history can be removed later.
      directories.release(ResourceSpec.folder(site.directory(build.id())), new NoSandbox());
      history.forget(build.id());
    } catch (BuildException | IOException e) {
      LOG.warn("Could not remove the files of build {}: {}", build.id(), e.toString());
    }
  }

  /** The sandbox of a build that ended long ago is gone. */
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

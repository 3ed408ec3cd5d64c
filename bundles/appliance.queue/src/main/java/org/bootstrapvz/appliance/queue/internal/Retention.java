/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.IOException;
import java.nio.file.Path;
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
import org.bootstrapvz.appliance.queue.internal.store.BuildStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old builds of this appliance, and removes their artefacts. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final QueueSettings settings;
  private final BuildStore store;
  private final String instance;
  private final Path folder;
  private final ResourceType folders;

  /**
   * @param folders gives folders back
   */
  Retention(
      QueueSettings settings,
      BuildStore store,
      String instance,
      Path folder,
      ResourceType folders) {
    this.settings = settings;
    this.store = store;
    this.instance = instance;
    this.folder = folder;
    this.folders = folders;
  }

  /** Forgets what is more, older or larger than may be kept. */
  void apply(Instant now) {
    Duration keepFor = Durations.parse(settings.keepFor());
    Instant oldest = keepFor.isZero() ? Instant.MIN : now.minus(keepFor);
    long keepBytes = Bytes.parse(settings.keepSize()).count();
    long room = keepBytes == 0 ? Long.MAX_VALUE : keepBytes;
    long most = settings.keepBuilds() == 0 ? Long.MAX_VALUE : settings.keepBuilds();
    long count = 0;
    long bytes = 0;
    for (BuildStore.Old build : store.ended(instance)) {
      count++;
      bytes += build.bytes();
      boolean tooLarge = bytes > room && count > 1;
      if (count > most || build.finished().isBefore(oldest) || tooLarge) {
        forget(build);
      }
    }
  }

  private void forget(BuildStore.Old build) {
    try {
      // Files first: a build that is still known can be forgotten later.
      folders.release(
          ResourceSpec.folder(folder.resolve(Long.toString(build.id()))), new NoSandbox());
      store.forget(build.id());
    } catch (BuildException | IOException e) {
      LOG.warn("The files of build {} cannot be removed: {}", build.id(), e.toString());
    }
  }

  /** The build has ended long ago. */
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

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.internal.queue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.bootstrapvz.appliance.internal.store.BuildStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forgets old builds of this appliance, and removes their artefacts. */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final QueueSettings settings;
  private final BuildStore store;
  private final String instance;
  private final Path folder;

  Retention(QueueSettings settings, BuildStore store, String instance, Path folder) {
    this.settings = settings;
    this.store = store;
    this.instance = instance;
    this.folder = folder;
  }

  /** Forgets what is more, older or larger than may be kept. */
  void apply(Instant now) {
    Instant oldest =
        settings.keepDays() == 0 ? Instant.MIN : now.minus(Duration.ofDays(settings.keepDays()));
    long room = settings.keepMebibytes() == 0 ? Long.MAX_VALUE : settings.keepMebibytes() << 20;
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
      delete(folder.resolve(Long.toString(build.id())));
      store.forget(build.id());
    } catch (IOException e) {
      LOG.warn("The files of build {} cannot be removed: {}", build.id(), e.toString());
    }
  }

  private static void delete(Path tree) throws IOException {
    if (Files.notExists(tree)) {
      return;
    }
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;

/** Checks whether the disk has space for a build, and explains failures of a full disk. */
final class DiskGuard {
  /** The message of the kernel, which Java and most host commands repeat. */
  private static final String FULL = "No space left on device";

  /** With less free space a disk is full, whatever the message of a failed command is. */
  private static final long FULL_BYTES = 1 << 20;

  private final Path directory;
  private final long minFreeBytes;
  private final Examiner examiner;

  /**
   * @param minFreeBytes required for each build, unless its volume is smaller
   */
  DiskGuard(Path directory, long minFreeBytes, Examiner examiner) {
    this.directory = directory;
    this.minFreeBytes = minFreeBytes;
    this.examiner = examiner;
  }

  /** Images use less space than their size, so at most the configured space is required. */
  long requiredBytes(Path manifest) {
    long max = maxBytes(manifest);
    return max == 0 ? minFreeBytes : Math.min(minFreeBytes, max);
  }

  /** The size of the volume and of the image that is made from it. */
  private long maxBytes(Path manifest) {
    return 2 * examiner.volumeBytes(manifest);
  }

  /** Why a build cannot start, if it cannot. */
  Optional<String> lackOfSpace(long needed, long reserved) {
    long free = free();
    if (free >= needed + reserved) {
      return Optional.empty();
    }
    return Optional.of(
        "Not enough free disk space: the build needs about "
            + mebibytes(needed)
            + " in "
            + directory
            + (reserved == 0 ? "" : ", running builds need " + mebibytes(reserved))
            + ", and "
            + mebibytes(free)
            + " is free. Free space there, keep less history, or set a smaller minFreeSpace");
  }

  /** Builds. If the disk is full, the error of the result names it and what the build needs. */
  BuildResult build(Builder builder, BuildRequest request, BuildListener listener) {
    StringBuilder explanation = new StringBuilder();
    BuildResult result =
        builder.build(
            request,
            event -> {
              // Measured at once: a failed build releases its space.
              if (event instanceof BuildEvent.Failing failing) {
                explanation.append(explain(failing.message(), request.manifest().file()));
              }
              listener.on(event);
            });
    return explanation.length() == 0
        ? result
        : new BuildResult(
            result.status(),
            result.artefacts(),
            result.problems(),
            result.failedTask(),
            result.error().map(error -> error + "\n" + explanation),
            result.notReleased(),
            result.phases(),
            result.duration());
  }

  /** If a failure is for lack of space, the directory and what is needed; otherwise empty. */
  private String explain(String failure, Path manifest) {
    long free = free();
    if (free >= FULL_BYTES && !failure.contains(FULL)) {
      return "";
    }
    long max = maxBytes(manifest);
    return "The build works in "
        + directory
        + ", where "
        + mebibytes(free)
        + " were free when it failed. It needs up to "
        + mebibytes(max == 0 ? minFreeBytes : max)
        + " there. Free space, or keep less history";
  }

  /**
   * Unlike a FileStore, this also works in a chroot, in which the mount of its root is not visible.
   */
  private long free() {
    return directory.toFile().getUsableSpace();
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}

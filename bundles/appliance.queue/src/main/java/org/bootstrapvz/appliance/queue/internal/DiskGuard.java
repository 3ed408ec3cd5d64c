/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildListener;
import org.bootstrapvz.api.build.BuildRequest;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.build.Builder;

/** The disk that builds and their artefacts lie on: whether a build fits, and whether it did. */
final class DiskGuard {
  /** What the kernel says, and so Java and most commands of the host; tar for one does not. */
  private static final String FULL = "No space left on device";

  /** With less than this a disk is full, whatever a command says why it failed. */
  private static final long NOTHING = 1 << 20;

  private final Path folder;
  private final long roomBytes;
  private final Examiner examiner;

  /**
   * @param roomBytes what must be free for each build, if its volume is not smaller
   */
  DiskGuard(Path folder, long roomBytes, Examiner examiner) {
    this.folder = folder;
    this.roomBytes = roomBytes;
    this.examiner = examiner;
  }

  /** Images hold less than their size: more than the room that is configured is not asked for. */
  long setAside(Path manifest) {
    long most = mostBytes(manifest);
    return most == 0 ? roomBytes : Math.min(roomBytes, most);
  }

  /** The volume, and the image that is made of it. */
  private long mostBytes(Path manifest) {
    return 2 * examiner.volumeBytes(manifest);
  }

  /** Why a build cannot begin, if it cannot. */
  Optional<String> lackOfRoom(long needed, long reserved) {
    long free = free();
    if (free >= needed + reserved) {
      return Optional.empty();
    }
    return Optional.of(
        "The disk is too full to begin: the build needs about "
            + mebibytes(needed)
            + " in "
            + folder
            + (reserved == 0 ? "" : ", the builds that are running " + mebibytes(reserved))
            + ", and "
            + mebibytes(free)
            + " are free. Make room there, keep less history, or set a smaller room");
  }

  /** Builds; of a build that filled the disk it is told which, and what the build needs. */
  BuildResult build(Builder builder, BuildRequest request, BuildListener listener) {
    AtomicReference<String> full = new AtomicReference<>("");
    BuildResult result =
        builder.build(
            request,
            event -> {
              // Asked for at once: a failed build gives back what it holds.
              if (event instanceof BuildEvent.Failing failing) {
                full.set(explain(failing.message(), request.manifest()));
              }
              listener.on(event);
            });
    return full.get().isEmpty()
        ? result
        : new BuildResult(
            result.status(),
            result.artefacts(),
            result.problems(),
            result.failedTask(),
            result.error().map(error -> error + "\n" + full.get()),
            result.notReleased(),
            result.phases(),
            result.duration());
  }

  /** Of a failure for lack of space which disk it was and what is needed; empty of any other. */
  private String explain(String failure, Path manifest) {
    long free = free();
    if (free >= NOTHING && !failure.contains(FULL)) {
      return "";
    }
    long most = mostBytes(manifest);
    return "The build works in "
        + folder
        + ", where "
        + mebibytes(free)
        + " were free when it failed. It needs up to "
        + mebibytes(most == 0 ? roomBytes : most)
        + " there. Make room, or keep less history";
  }

  /**
   * Unlike that of a FileStore, this is also known in a chroot, which shows no mount of its root.
   */
  private long free() {
    return folder.toFile().getUsableSpace();
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}

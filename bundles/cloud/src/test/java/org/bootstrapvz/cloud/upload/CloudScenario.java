/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.RetryPolicy;
import org.bootstrapvz.cloud.http.Surroundings;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.bootstrapvz.testkit.cloud.FakeCloud;
import org.bootstrapvz.testkit.cloud.Fault;

/**
 * A finished image, a cloud, and builds that upload the image to it. Pauses take no time.
 *
 * @param <F> the cloud
 */
public abstract class CloudScenario<F extends FakeCloud> implements AutoCloseable {
  /** The process of the build was killed. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static final int PART = 64 << 10;

  public final F cloud;
  public final Map<String, String> variables = new TreeMap<>();
  public final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());
  public final TestManifest manifest = new TestManifest();
  private final Path folder;
  private volatile boolean killed;

  protected CloudScenario(F cloud, Path folder) {
    this.cloud = cloud;
    this.folder = folder;
  }

  /** Applies a fault to the request with this number, and kills the build at its next pause. */
  public final void killAt(int request, Fault fault) {
    cloud.failAt(request, killing(fault));
  }

  /** Applies a fault to a request, and kills the build at its next pause. */
  public final void killAt(String request, Fault fault) {
    cloud.fail(request, killing(fault));
  }

  private Fault killing(Fault fault) {
    return (call, effect) -> {
      killed = true;
      fault.apply(call, effect);
    };
  }

  /** Lets the next process run, which remembers nothing. */
  public void revive() {
    killed = false;
  }

  /** What the process of a build finds. */
  public final Surroundings surroundings() {
    return new Surroundings(
        variables,
        folder,
        folder.resolve("home"),
        budget ->
            new RetryPolicy(
                Duration.ofMillis(200), Duration.ofSeconds(20), budget, () -> 1.0, this::pause));
  }

  private void pause(Duration time) {
    if (killed) {
      throw new Killed();
    }
    pauses.add(time);
  }

  /** A build whose image is complete. */
  public abstract TestBuild build() throws IOException;

  /** A build whose image is in a file of this name. */
  protected final TestBuild build(String file, byte[] content) throws IOException {
    Path own = Files.createTempDirectory(folder, "build");
    write(own.resolve(file), content);
    return new TestBuild(manifest, own);
  }

  /** A large image is mostly zeros, which take no space. */
  private static void write(Path file, byte[] content) throws IOException {
    byte[] zeros = new byte[PART];
    try (RandomAccessFile target = new RandomAccessFile(file.toFile(), "rw")) {
      target.setLength(content.length);
      for (int start = 0; start < content.length; start += PART) {
        int end = Math.min(start + PART, content.length);
        if (!Arrays.equals(content, start, end, zeros, 0, end - start)) {
          target.seek(start);
          target.write(content, start, end - start);
        }
      }
    }
  }

  /** Runs the tasks of the upload. */
  public abstract void upload(TestBuild build) throws BuildException, IOException;

  /** Asserts that the cloud has what the build delivered, and nothing else. */
  public abstract void assertDelivered(TestBuild build);

  /** Asserts that the cloud has nothing. */
  public abstract void assertNothingLeft();

  /** What a secret of this cloud contains. */
  protected abstract List<String> secrets();

  /** Asserts that nothing that a user sees contains a secret. */
  public final void assertSecret(TestBuild build, String... messages) {
    List<String> shown = new ArrayList<>(List.of(messages));
    shown.addAll(build.logged());
    shown.addAll(build.progress());
    shown.addAll(build.warnings());
    build.acquired().forEach(spec -> shown.add(spec.toString()));
    build.deliveredRemotely().forEach(artefact -> shown.add(artefact.toString()));
    for (String text : shown) {
      secrets().forEach(secret -> assertFalse(text.contains(secret), text));
    }
  }

  /** Asserts that the journal of a build is empty. */
  protected static void assertReleased(TestBuild build) {
    assertEquals(List.of(), build.held());
  }

  @Override
  public void close() {
    cloud.close();
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.ec2.ebs;

import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.cloud.aws.AwsRule;
import org.bootstrapvz.cloud.aws.XmlElement;
import org.bootstrapvz.cloud.http.ParallelUpload;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryRule;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.provider.ec2.connection.Ec2;

/** Fills a snapshot with a file and waits until EC2 can use it. */
final class SnapshotUpload implements ParallelUpload.Requests {
  /** EBS does not know a new snapshot everywhere at once. */
  private static final Duration MAX_PROPAGATION = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofSeconds(2);
  private static final Duration SLOW_POLL = Duration.ofSeconds(15);
  private static final int FAST_POLLS = 15;
  private static final int MAX_POLLS = 250;

  /** For a snapshot that may never have been completed. */
  private static final int MAX_DOUBTFUL_POLLS = 50;

  private final Build build;
  private final Ec2 ec2;
  private final SnapshotApi api;
  private final String id;
  private final String nonce;
  private final long start = System.nanoTime();

  /** The LINEAR checksum: of the digests of the blocks in ascending order. */
  private final MessageDigest digests = SnapshotApi.sha256();

  SnapshotUpload(Build build, Ec2 ec2, SnapshotApi api, String id, String nonce) {
    this.build = build;
    this.ec2 = ec2;
    this.api = api;
    this.id = id;
    this.nonce = nonce;
  }

  /** Sends the file and completes the snapshot. */
  void run(Path file) throws BuildException, IOException {
    RetryRule rule = new AwsRule();
    RetryRule patient =
        (response, repeatable) ->
            response.status() == HTTP_NOT_FOUND && isNew()
                ? RetryRule.Verdict.RETRY
                : rule.of(response, repeatable);
    ParallelUpload.Sent sent =
        new ParallelUpload(
                SnapshotApi.BLOCK,
                this,
                log -> ec2.blocks(patient, log),
                build::log,
                build::progress,
                ec2.session()::report)
            .send(file);
    long millis = (System.nanoTime() - start) / 1_000_000;
    build.log(
        "Sent "
            + sent.blocks()
            + " blocks, "
            + sent.bytes()
            + " bytes, in "
            + millis
            + " ms with up to "
            + sent.maxConnections()
            + " connections to the snapshot "
            + id);
    boolean certain = api.complete(id, sent.blocks(), digests.digest());
    awaitCompleted(certain ? MAX_POLLS : MAX_DOUBTFUL_POLLS);
  }

  private boolean isNew() {
    return System.nanoTime() - start < MAX_PROPAGATION.toNanos();
  }

  @Override
  public Supplier<HttpRequest.Builder> request(int index, byte[] content) {
    byte[] digest = SnapshotApi.sha256().digest(content);
    digests.update(digest);
    return api.put(id, index, content, digest);
  }

  @Override
  public void check(int index, Response response) throws BuildException {
    api.checkPut(id, index, response);
  }

  private void awaitCompleted(int maxPolls) throws BuildException {
    for (int poll = 0; poll < maxPolls; poll++) {
      List<XmlElement> found = ec2.snapshots(Map.of("tag:" + Mark.BUILD, nonce));
      String state = found.isEmpty() ? "" : found.get(0).text("status");
      if (state.equals("completed")) {
        return;
      }
      if (state.equals("error")) {
        String reason = found.get(0).text("statusMessage");
        throw new BuildException(
            "EC2 could not complete the snapshot "
                + id
                + (reason.isEmpty() ? "" : ": " + reason)
                + ". Try again; if it is encrypted, check that the login may use the key");
      }
      build.progress(
          1,
          "waiting for the snapshot"
              + (found.isEmpty() ? "" : ", " + found.get(0).text("progress")));
      ec2.policy().await(poll < FAST_POLLS ? POLL : SLOW_POLL);
    }
    throw new BuildException(
        "EC2 has not completed the snapshot " + id + " in time. Try again later");
  }
}

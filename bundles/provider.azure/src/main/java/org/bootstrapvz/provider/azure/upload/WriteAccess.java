/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cloud.http.Login;
import org.bootstrapvz.cloud.http.Response;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The address under which a disk can be written. Who has it needs no login, so it is a secret. Safe
 * for use by several threads; what they have to declare and to log is passed on by {@link #report}.
 */
final class WriteAccess implements Login {
  /** A slow line takes a day for 10 GiB. */
  private static final Duration LIFE = Duration.ofHours(24);

  private static final Duration MAX_OPERATION = Duration.ofMinutes(5);

  private final Build build;
  private final Azure azure;
  private final String disk;
  private final Queue<Runnable> reports = new ConcurrentLinkedQueue<>();

  /** Guarded by this. */
  private URI pages;

  /** Obtains the address. */
  WriteAccess(Build build, Azure azure, String disk) throws BuildException {
    this.build = build;
    this.azure = azure;
    this.disk = disk;
    this.pages = obtain(azure);
    report();
  }

  private URI obtain(Azure connection) throws BuildException {
    ObjectNode request = JsonMapper.shared().createObjectNode();
    request.put("access", "Write").put("durationInSeconds", LIFE.toSeconds());
    JsonNode answer = connection.resources().act(disk, "beginGetAccess", request, MAX_OPERATION);
    String address =
        answer.path("accessSAS").asString(answer.at("/properties/output/accessSAS").asString(""));
    if (address.isEmpty()) {
      throw new BuildException("Azure gives no address for writing the disk");
    }
    reports.add(() -> build.mask(Secret.of(address)));
    try {
      return URI.create(address + "&comp=page");
    } catch (IllegalArgumentException e) {
      // Its message contains the address.
      throw new BuildException("Azure gives no valid address for writing the disk");
    }
  }

  /** Declares and logs what all threads had to. Called by the thread of the build. */
  void report() {
    for (Runnable next = reports.poll(); next != null; next = reports.poll()) {
      next.run();
    }
  }

  /** Returns the address of the pages. */
  synchronized URI pages() {
    return pages;
  }

  /** Makes the address invalid. The disk is complete then. */
  void end() throws BuildException {
    azure.resources().endAccess(disk, MAX_OPERATION);
  }

  /** {@inheritDoc} The address is the authorization. */
  @Override
  public void authorize(HttpRequest.Builder request) {
    request.uri(pages());
  }

  /** {@inheritDoc} Another thread may have done so meanwhile. */
  @Override
  public synchronized boolean renew(Response refusal) throws BuildException {
    if (!refusal.address().equals(pages)) {
      return true;
    }
    try (Azure own =
        azure.another(
            secret -> reports.add(() -> build.mask(secret)),
            line -> reports.add(() -> build.log(line)))) {
      pages = obtain(own);
    }
    return true;
  }
}

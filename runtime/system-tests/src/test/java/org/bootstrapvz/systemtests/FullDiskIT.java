/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The disk of the service, with its database, its journals and its builds, is full. */
class FullDiskIT {
  /** Two files of 60 MB are delivered. */
  private static final String MANIFEST = Appliance.container("full");

  private Appliance appliance;
  private Path disk;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    appliance = new Appliance("full-disk");
    disk = appliance.stateFolder();
    run("mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", disk.toString());
    appliance.configure("queue", "concurrency = 1\nminFreeSpace = 0B");
    appliance.serve();
  }

  @AfterEach
  void unmountIt() throws Exception {
    appliance.stop();
    run("umount", disk.toString());
    assertEquals(List.of(), appliance.distribution.leftovers());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  @Test
  void aBuildThatFillsTheDiskReportsItNoSubmissionIsLostAndTheNextOneIsBuilt() throws Exception {
    JsonNode failed = appliance.end(appliance.submit("full.yml", MANIFEST));
    String error = failed.get("error").asString();
    assertEquals("failed", failed.get("state").asString(), error);
    assertTrue(
        error.contains(
            "The build works in " + disk + "/appliance/builds, where 0 MiB were free when"),
        error);
    assertTrue(error.contains("It needs up to 2048 MiB there."), error);

    Path filling = disk.resolve("filling");
    List<Long> answered = fillWhileSubmitting(filling);
    HttpResponse<String> refused = appliance.send(appliance.submission("b.yml", "provider: ["));
    assertEquals(507, refused.statusCode(), refused.body());
    assertTrue(refused.body().contains("The disk of the appliance is full"), refused.body());
    Files.delete(filling);
    run("mount", "-o", "remount,size=2g", disk.toString());
    awaitHealth();

    for (long id : answered) {
      assertEquals("rejected", appliance.build(id).get("state").asString(), "of build " + id);
    }
    JsonNode next = appliance.end(appliance.submit("next.yml", MANIFEST));
    assertEquals("succeeded", next.get("state").asString(), next.toString());
    assertEquals(failed.get("id"), appliance.build(failed.get("id").asLong()).get("id"));
  }

  /**
   * Fills the disk to its last byte; returns the numbers of the builds that were still accepted.
   */
  private List<Long> fillWhileSubmitting(Path filling) throws Exception {
    List<Long> answered = new ArrayList<>();
    byte[] much = new byte[4 << 20];
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filling)) {
      for (byte[] piece : List.of(much, page)) {
        for (boolean full = false; !full; ) {
          full = !fits(out, piece);
          if (piece == much || full) {
            HttpResponse<String> answer =
                appliance.send(appliance.submission("a.yml", "provider: ["));
            if (answer.statusCode() == 422) {
              answered.add(
                  Long.parseLong(answer.body().replaceAll("(?s).*\"build\":(\\d+).*", "$1")));
            }
          }
        }
      }
    }
    assertTrue(answered.size() > 2, answered.toString());
    return answered;
  }

  private static boolean fits(OutputStream out, byte[] piece) {
    try {
      out.write(piece);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The service retries the database several times a second. */
  private void awaitHealth() throws Exception {
    appliance
        .process()
        .stallDetector()
        .until(
            () -> "the appliance is not healthy",
            () -> appliance.send(appliance.request("/health").build()).statusCode() == 200);
  }
}

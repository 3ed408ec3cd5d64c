/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The service is killed at random times while it runs two builds at a time and accepts submissions.
 * {@code -Dbootstrapvz.kills=10} is the number of kills, {@code -Dbootstrapvz.seed=N} repeats the
 * times of an earlier run.
 */
class KilledApplianceIT {
  private static final int KILLS = Integer.getInteger("bootstrapvz.kills");

  /** The packages take most of the time of a build; most of its tasks come afterwards. */
  private static final int LONGEST_MILLIS = 10_000;

  private static final int TASKS = 25;

  private static final int WAITING = 3;
  private static final int AT_ONCE = 20;

  /**
   * Has no kernel, so that it builds quickly; its packages are installed into a tmpfs with mounts
   * in it.
   */
  private static final String CONTAINER = Appliance.container("container");

  /** Attaches a loop device and mounts it. */
  private static final String LOOP =
      """
      name: loop
      provider: {name: kvm}
      bootstrapper: {workspace: images, variant: minbase}
      system: {release: bookworm, architecture: amd64, bootloader: none, charmap: UTF-8, locale: C, timezone: UTC}
      volume:
        backing: raw
        partitions: {type: none, root: {filesystem: xfs, size: 2GiB}}
      """;

  @Test
  void afterKillsAtRandomTimesNothingIsLostNothingRunsTwiceAndNothingIsLeft() throws Exception {
    long seed = Long.getLong("bootstrapvz.seed", System.nanoTime() % 1_000_000);
    Random random = new Random(seed);
    Appliance appliance = new Appliance("killed-appliance");
    appliance.configure("queue", "concurrency = 2\nminFreeSpace = 500MiB\nisolation = AS_NEEDED");
    List<Long> submitted = new ArrayList<>();
    List<Long> rejected = new ArrayList<>();
    Set<Path> delivered = new TreeSet<>();
    Path builds = appliance.stateFolder().resolve("appliance/builds");
    StringBuilder story = new StringBuilder("kills: seed " + seed + "\n");
    try {
      appliance.serve();
      for (int kill = 1; kill <= KILLS; kill++) {
        while (unfinished(appliance) < WAITING) {
          boolean loop = submitted.size() % 4 == 1;
          submitted.add(
              appliance.submit(loop ? "loop.yml" : "container.yml", loop ? LOOP : CONTAINER));
        }
        int task = kill % 2 == 0 ? random.nextInt(TASKS) : 0;
        int moment = random.nextInt(task == 0 ? LONGEST_MILLIS : LONGEST_MILLIS / 10);
        appliance.follow(oldest(appliance), "task-started", 1 + task);
        assertFalse(appliance.process().endsWithin(moment), appliance.process().output());
        TreeMap<Long, String> running = running(appliance);
        story.append("kills: ").append(kill).append(", ").append(moment).append(" ms into task ");
        story.append(1 + task).append(": ").append(running).append('\n');
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          answers.add(
              appliance.client.sendAsync(
                  appliance.submission("wrong.yml", "provider: ["), BodyHandlers.ofString()));
        }
        CompletableFuture.anyOf(answers.toArray(new CompletableFuture<?>[0])).join();
        appliance.kill();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
          HttpResponse<String> arrived = answer.exceptionally(e -> null).join();
          if (arrived != null) {
            assertEquals(422, arrived.statusCode(), arrived.body());
            rejected.add(
                Long.parseLong(arrived.body().replaceAll("(?s).*\"build\":(\\d+).*", "$1")));
          }
        }
        appliance.distribution.awaitNoLeftovers(story.toString());
        appliance.serve();
        for (long id : running.keySet()) {
          appliance.end(id);
        }
      }
      int interrupted = 0;
      for (long id : submitted) {
        JsonNode build = appliance.end(id);
        String state = build.get("state").asString();
        assertTrue(List.of("succeeded", "interrupted").contains(state), story + build.toString());
        assertEquals(1, build.get("attempt").asInt(), story.toString());
        assertEquals(1, started(appliance, id), "build " + id + " started twice\n" + story);
        assertEquals(
            state.equals("succeeded"), !build.get("artefacts").isEmpty(), story.toString());
        build
            .get("artefacts")
            .forEach(
                artefact ->
                    delivered.add(builds.resolve(id + "/" + artefact.get("name").asString())));
        interrupted += state.equals("interrupted") ? 1 : 0;
      }
      for (long id : rejected) {
        assertEquals("rejected", appliance.build(id).get("state").asString(), "of build " + id);
      }
      assertTrue(interrupted >= KILLS, interrupted + " interrupted\n" + story);
      JsonNode counts = appliance.get("/api/v1/status").get("builds");
      assertEquals(0, counts.get("queued").asInt() + counts.get("running").asInt());
      assertEquals(interrupted, counts.get("interrupted").asInt(), story.toString());
      story.append("kills: ").append(submitted.size()).append(" builds, ").append(interrupted);
      story.append(" interrupted, the others succeeded; ").append(rejected.size());
      story.append(" of ").append(KILLS * AT_ONCE).append(" submissions answered while it died");
    } finally {
      appliance.stop();
      System.out.println(story);
    }
    appliance.distribution.awaitNoLeftovers(story.toString());
    assertEquals(Set.of(), files(appliance.stateFolder().resolve("journal"), 1));
    assertEquals(delivered, files(builds, 2));
    assertEquals(Set.of(), files(appliance.stateFolder().resolve("appliance/scratch"), 1));
  }

  private static Set<Path> files(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(file -> folder.relativize(file).getNameCount() == depth)
          .filter(file -> !file.equals(folder))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<JsonNode> builds(Appliance appliance, String states)
      throws IOException, InterruptedException {
    JsonNode builds = appliance.get("/api/v1/builds?limit=1000&state=" + states).get("builds");
    return StreamSupport.stream(builds.spliterator(), false).toList();
  }

  private static int unfinished(Appliance appliance) throws IOException, InterruptedException {
    return builds(appliance, "queued,running").size();
  }

  private static long oldest(Appliance appliance) throws IOException, InterruptedException {
    List<JsonNode> builds = builds(appliance, "queued,running");
    return builds.get(builds.size() - 1).get("id").asLong();
  }

  private static TreeMap<Long, String> running(Appliance appliance)
      throws IOException, InterruptedException {
    TreeMap<Long, String> running = new TreeMap<>();
    for (JsonNode build : builds(appliance, "running")) {
      running.put(
          build.get("id").asLong(),
          build.get("name").asString() + " in " + build.get("task").asString());
    }
    return running;
  }

  private static long started(Appliance appliance, long id)
      throws IOException, InterruptedException {
    JsonNode events = appliance.get("/api/v1/builds/" + id + "/events?limit=10000").get("events");
    return StreamSupport.stream(events.spliterator(), false)
        .filter(event -> event.get("type").asString().equals("started"))
        .count();
  }
}

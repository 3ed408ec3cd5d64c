/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.cloud.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Ledger;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.cli.ExitStatus;
import org.bootstrapvz.cli.TestTerminal;
import org.bootstrapvz.cli.internal.TestProgram;
import org.bootstrapvz.cloud.ledger.CloudInventory;
import org.bootstrapvz.cloud.ledger.CloudResource;
import org.bootstrapvz.cloud.ledger.Mark;
import org.bootstrapvz.cloud.ledger.NoCredentialsException;
import org.junit.jupiter.api.Test;

class CloudCommandTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  final TestTerminal terminal = new TestTerminal();
  final List<CloudResource> resources = new ArrayList<>();
  final List<String> deleted = new ArrayList<>();
  final Map<String, Ledger.Holder> held = new TreeMap<>();
  final Map<String, Supplier<CloudInventory>> inventories = new TreeMap<>();
  Ledger ledger = () -> held;

  CloudCommandTest() {
    inventories.put("openstack", () -> (profile, mask) -> new Fake(resources));
  }

  private final class Fake implements CloudInventory.Account {
    private final List<CloudResource> content;

    Fake(List<CloudResource> content) {
      this.content = content;
    }

    @Override
    public List<CloudResource> list() {
      return content;
    }

    @Override
    public void delete(CloudResource resource) {
      deleted.add(resource.id());
    }

    @Override
    public void close() {}
  }

  private void add(String id, Mark.State state, Duration age) {
    resources.add(
        new CloudResource(
            "openstack-image",
            "p",
            "R1",
            id,
            "web",
            new Mark("nonce-" + id, "host1", "web", state),
            NOW.minus(age)));
  }

  private int run(String... words) {
    List<String> line = new ArrayList<>(List.of("cloud"));
    line.addAll(List.of(words));
    return new TestProgram()
        .with(
            "cloud", new CloudCommand(inventories, () -> ledger, Clock.fixed(NOW, ZoneOffset.UTC)))
        .run(terminal.plain(), line.toArray(String[]::new));
  }

  private void addOneOfEachKind() {
    add("running", Mark.State.BUILDING, Duration.ofDays(9));
    add("dead", Mark.State.BUILDING, Duration.ofMinutes(5));
    add("dead-but-complete", Mark.State.DONE, Duration.ofMinutes(5));
    add("delivered", Mark.State.DONE, Duration.ofDays(9));
    add("foreign-new", Mark.State.BUILDING, Duration.ofHours(2));
    add("foreign-old", Mark.State.BUILDING, Duration.ofDays(3));
    held.put("nonce-running", Ledger.Holder.RUNNING);
    held.put("nonce-dead", Ledger.Holder.DEAD);
    held.put("nonce-dead-but-complete", Ledger.Holder.DEAD);
  }

  @Test
  void theListSaysWhoseEachResourceIs() {
    addOneOfEachKind();
    assertEquals(ExitStatus.DONE, run("list"));
    List<String> lines = terminal.out().lines().toList();
    assertEquals(7, lines.size());
    assertEquals(
        "openstack  R1      running            web    host1  9d   building  running here",
        lines.get(1));
    assertTrue(lines.get(2).contains("5m   building  ended here"), lines.get(2));
    assertTrue(lines.get(4).contains("9d   done      not in the journals"), lines.get(4));
    assertEquals(List.of(), deleted);
  }

  @Test
  void onlyWhatDeadBuildsOfThisMachineLeftIsDeleted() {
    addOneOfEachKind();
    assertEquals(ExitStatus.DONE, run("reap"));
    assertEquals(List.of("dead", "dead-but-complete"), deleted);
    assertTrue(terminal.out().contains("Deleted openstack dead (web, from host1)"), terminal.out());
  }

  @Test
  void incompleteOnesOfOtherMachinesAreDeletedIfTheyAreOld() {
    addOneOfEachKind();
    assertEquals(ExitStatus.DONE, run("reap", "--older-than", "1d"));
    assertEquals(List.of("dead", "dead-but-complete", "foreign-old"), deleted);
  }

  @Test
  void aDryRunDeletesNothing() {
    addOneOfEachKind();
    assertEquals(ExitStatus.DONE, run("reap", "--older-than", "90m", "--dry-run"));
    assertEquals(List.of(), deleted);
    assertTrue(terminal.out().contains("Would delete openstack foreign-new"), terminal.out());
  }

  @Test
  void withoutTheJournalsNothingIsDeleted() {
    addOneOfEachKind();
    ledger =
        () -> {
          throw new IOException("no permission");
        };
    assertEquals(ExitStatus.FAILED, run("reap"));
    assertEquals(List.of(), deleted);
    assertTrue(
        terminal.err().contains("The journals of this machine cannot be read: no permission"),
        terminal.err());
  }

  @Test
  void aCloudThatRefusesDoesNotKeepTheOthersFromBeingAsked() {
    inventories.put(
        "ec2",
        () ->
            new CloudInventory() {
              @Override
              public Account open(String profile, Consumer<Secret> mask) throws BuildException {
                mask.accept(Secret.of("s3cret"));
                throw new BuildException("no login with s3cret");
              }
            });
    add("dead", Mark.State.BUILDING, Duration.ZERO);
    assertEquals(ExitStatus.FAILED, run("list"));
    assertTrue(terminal.err().contains("error: ec2: no login with ******"), terminal.err());
    assertTrue(terminal.out().contains("openstack  R1      dead"), terminal.out());
  }

  @Test
  void aCloudWithoutALoginIsAnErrorOnlyIfItIsChosenOrThereIsNoOther() {
    inventories.put("ec2", CloudCommandTest::withoutLogin);
    add("dead", Mark.State.BUILDING, Duration.ZERO);
    assertEquals(ExitStatus.DONE, run("list"));
    assertEquals("", terminal.err());
    assertEquals(ExitStatus.FAILED, run("list", "--provider", "ec2"));
    assertEquals("error: ec2: searched everywhere\n", terminal.err());
    inventories.put("openstack", CloudCommandTest::withoutLogin);
    assertEquals(ExitStatus.FAILED, run("list"));
  }

  private static CloudInventory withoutLogin() {
    return (profile, mask) -> {
      throw new NoCredentialsException("searched everywhere");
    };
  }

  @Test
  void anUnknownProviderAndAWrongAgeAreRefused() {
    assertEquals(ExitStatus.INPUT, run("list", "--provider", "kvm"));
    assertTrue(terminal.err().contains("There is: openstack"), terminal.err());
    assertEquals(ExitStatus.USAGE, run("reap", "--older-than", "soon"));
    assertTrue(
        terminal.err().contains("\"soon\" is not an age. Write a number with m, h or d"),
        terminal.err());
    assertFalse(terminal.err().contains("Exception"), terminal.err());
  }
}

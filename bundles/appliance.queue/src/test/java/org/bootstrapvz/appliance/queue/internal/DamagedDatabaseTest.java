/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildsException;
import org.bootstrapvz.appliance.api.history.BuildQuery;
import org.bootstrapvz.appliance.queue.internal.store.DatabaseCheck;
import org.bootstrapvz.testkit.FailOnStall;
import org.h2.api.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An embedded database whose file is damaged, missing or of a newer version. */
@FailOnStall
class DamagedDatabaseTest {
  private static final int BUILDS = 30;
  private static final int HEADER = 8192;

  @TempDir Path folder;
  private Path file;
  private byte[] sound = new byte[0];

  @BeforeEach
  void makeHistory() throws Exception {
    file = folder.toAbsolutePath().resolve("builds.mv.db");
    try (TestAppliance appliance = start()) {
      for (int i = 0; i < BUILDS; i++) {
        appliance.submit("error: x\n" + "# a manifest\n".repeat(200));
      }
      appliance.await(appliance.submit("log: 1\n").id(), BuildState.SUCCEEDED);
    }
    sound = Files.readAllBytes(file);
  }

  private TestAppliance start() throws IOException {
    return new TestAppliance(folder, new ScriptedBuilder("provider:kvm"), new TestSettings());
  }

  /** The reason why the appliance does not start; everything is refused, and the file kept. */
  private String refusal() throws Exception {
    byte[] before = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
    boolean existed = Files.exists(file);
    String reason;
    try (TestAppliance appliance = start()) {
      assertEquals(1, appliance.refusals().size(), appliance.refusals().toString());
      reason = appliance.refusals().get(0);
      BuildsException thrown =
          assertThrows(BuildsException.class, () -> appliance.submit("log: 1\n"));
      assertEquals(BuildsException.Reason.UNAVAILABLE, thrown.reason());
      assertEquals(reason, thrown.getMessage());
      assertEquals(
          Result.Status.CRITICAL, new DatabaseCheck(appliance.database()).execute().getStatus());
    }
    assertEquals(existed, Files.exists(file));
    if (Files.isRegularFile(file)) {
      assertArrayEquals(before, Files.readAllBytes(file), "the file is as it was");
    }
    return reason;
  }

  private void assertRefused(String start) throws Exception {
    String reason = refusal();
    assertTrue(reason.startsWith(start), reason);
    assertTrue(reason.contains("\"Backup and restore\" in docs/appliance.md"), reason);
  }

  @Test
  void anEmptyFileIsRefused() throws Exception {
    Files.write(file, new byte[0]);
    assertRefused("The database " + file + " is damaged: it is empty. Restore a backup, ");
  }

  @Test
  void aFileThatIsADirectoryIsRefused() throws Exception {
    Files.delete(file);
    Files.createDirectory(file);
    assertRefused("The database " + file + " is not a file. ");
  }

  @Test
  void aMissingFileIsRefusedIfThereWasOne() throws Exception {
    Files.delete(file);
    assertRefused("The database " + file + " is missing, but this appliance had one. ");
  }

  @Test
  void aFileOfZerosOrOfSomethingElseIsRefused() throws Exception {
    Files.write(file, new byte[sound.length]);
    assertRefused("The database " + file + " is damaged");
    Files.writeString(file, "something else\n".repeat(1000));
    assertRefused("The database " + file + " is damaged");
  }

  @Test
  void aTruncatedFileIsRefusedOrHasAllBuilds() throws Exception {
    int refused = 0;
    for (int part = 1; part < 8; part++) {
      Files.write(file, Arrays.copyOf(sound, sound.length * part / 8));
      refused += refusedOrComplete() ? 1 : 0;
    }
    assertTrue(refused > 0, refused + " of 7 refused");
  }

  @Test
  void randomBytesInTheFileAreRefusedOrHarmless() throws Exception {
    Random random = new Random(7);
    int refused = 0;
    for (int part = 1; part <= 8; part++) {
      byte[] damaged = sound.clone();
      // H2 has its header twice, in the first two blocks. Small damage may be in unused space.
      byte[] noise = new byte[(damaged.length - HEADER) * part / 8];
      random.nextBytes(noise);
      int start = HEADER + (damaged.length - HEADER - noise.length) / 2;
      System.arraycopy(noise, 0, damaged, start, noise.length);
      Files.write(file, damaged);
      refused += refusedOrComplete() ? 1 : 0;
    }
    assertTrue(refused > 0, refused + " of 8 refused");
  }

  /** Whether the start is refused; if not, every build must be in the list. */
  private boolean refusedOrComplete() throws Exception {
    byte[] before = Files.readAllBytes(file);
    try (TestAppliance appliance = start()) {
      if (appliance.refusals().isEmpty()) {
        assertEquals(
            BUILDS + 1,
            appliance
                .queue()
                .list(new BuildQuery(Set.of(), OptionalLong.empty(), 100))
                .builds()
                .size());
        return false;
      }
    }
    assertArrayEquals(before, Files.readAllBytes(file));
    return true;
  }

  @Test
  void anOlderBackupIsRefusedUntilTheMarkIsDeleted() throws Exception {
    try (TestAppliance appliance = start()) {
      for (int i = 0; i < 200; i++) {
        appliance.submit("error: x\n");
      }
    }
    Files.write(file, sound);
    assertRefused(
        "The database "
            + file
            + " is damaged or not the latest: it lacks builds up to number 231. If it is a backup"
            + " that you have restored, delete "
            + folder.toAbsolutePath().resolve("builds.mark")
            + ". ");

    Files.delete(folder.resolve("builds.mark"));
    try (TestAppliance appliance = start()) {
      assertEquals(List.of(), appliance.refusals());
      appliance.submit("error: x\n");
    }
  }

  @Test
  void aNewerVersionOfTheTablesIsRefusedAndBothVersionsAreNamed() throws Exception {
    try (TestAppliance appliance = start()) {
      appliance
          .database()
          .change(
              connection -> {
                try (Statement statement = connection.createStatement()) {
                  statement.execute("insert into schema_version values (1000)");
                }
              });
    }
    assertRefused(
        "The tables of the database have version 1000, but this version of bootstrap-vz knows only"
            + " up to version 5. ");
  }

  @Test
  void damageThatIsFoundLaterStopsTheQueue() throws Exception {
    try (TestAppliance appliance = start()) {
      appliance.submit("error: x\n");
      assertThrows(
          BuildsException.class,
          () ->
              appliance
                  .database()
                  .change(
                      connection -> {
                        throw new SQLException(
                            "File corrupted while reading record: \"x\"",
                            "90030",
                            ErrorCode.FILE_CORRUPTED_1);
                      }));

      BuildsException thrown =
          assertThrows(BuildsException.class, () -> appliance.submit("error: x\n"));
      assertTrue(
          thrown.getMessage().startsWith("The database " + file + " is damaged: File corrupted"),
          thrown.getMessage());
      Result result = new DatabaseCheck(appliance.database()).execute();
      assertEquals(Result.Status.CRITICAL, result.getStatus());
      assertEquals(List.of(), appliance.refusals());
    }
  }
}

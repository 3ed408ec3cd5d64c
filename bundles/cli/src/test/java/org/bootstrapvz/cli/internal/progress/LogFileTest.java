/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.file.UnsafePathException;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Phase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 3, 9, 7, 5, 1);

  @TempDir private Path folder;
  private final AtomicLong nanos = new AtomicLong(5_000_000_000L);

  private LogFile open(Path folder, String manifest) throws IOException {
    return LogFile.open(folder, TIME, Path.of(manifest), nanos::get);
  }

  @Test
  void isNamedAfterTheTimeAndTheManifestInAFolderThatIsMade() throws IOException {
    Path deep = folder.resolve("var/log");
    try (LogFile log = open(deep, "manifests/web.prod.yml")) {
      assertEquals(deep.resolve("20260309070501_web.prod.log"), log.file());
    }
  }

  @Test
  void twoLogsOfTheSameSecondDoNotMix() throws IOException {
    try (LogFile first = open(folder, "web.yml");
        LogFile second = open(folder, "web.yml")) {
      first.write(new BuildEvent.Log("first"));
      second.write(new BuildEvent.Log("second"));

      assertEquals("[0] DEBUG: first\n", Files.readString(first.file()));
      assertEquals("[0] DEBUG: second\n", Files.readString(second.file()));
    }
  }

  @Test
  void onlyItsOwnerCanReadItAndItsDirectory() throws IOException {
    Path deep = folder.resolve("var/log");
    try (LogFile log = open(deep, "web.yml")) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(log.file()));
      assertEquals(
          PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(deep));
    }
  }

  @Test
  void theOldestLogsAreDeletedAndNothingElse() throws IOException {
    Files.writeString(folder.resolve("00000000000000_notes.txt"), "");
    Files.writeString(folder.resolve("00_web.log"), "");
    Files.createDirectory(folder.resolve("00000000000000_web.log"));
    for (int i = 1; i <= LogFile.MAX_LOGS + 5; i++) {
      Files.writeString(folder.resolve("20250101%06d_web.log".formatted(i)), "");
    }
    try (LogFile log = open(folder, "web.yml");
        Stream<Path> entries = Files.list(folder)) {
      List<String> names = entries.map(entry -> entry.getFileName().toString()).sorted().toList();
      assertEquals(
          List.of(
              "00000000000000_notes.txt",
              "00000000000000_web.log",
              "00_web.log",
              "20250101000007_web.log"),
          names.subList(0, 4));
      assertEquals(LogFile.MAX_LOGS + 3, names.size());
      assertEquals(log.file().getFileName().toString(), names.get(names.size() - 1));
    }
  }

  @Test
  void aDirectoryThatOthersCanWriteToIsRefused() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThrows(UnsafePathException.class, () -> open(folder, "web.yml"));
    try (Stream<Path> entries = Files.list(folder)) {
      assertEquals(List.of(), entries.toList());
    }
  }

  @Test
  void containsEveryEventImmediately() throws IOException {
    try (LogFile log = open(folder, "web.yml")) {
      log.write(Events.planned());
      log.write(new BuildEvent.InstallingHostPackages(new TreeSet<>(List.of("b", "a"))));
      nanos.addAndGet(1_234_567_890L);
      log.write(new BuildEvent.PhaseStarted(Phase.PACKAGE_INSTALLATION));
      log.write(new BuildEvent.TaskStarted(Events.UPDATE));
      log.write(new BuildEvent.Log("apt-get update"));
      log.write(new BuildEvent.TaskProgress(Events.UPDATE, 0.254, "3 of 12"));
      log.write(new BuildEvent.TaskProgress(Events.UPDATE, -1, "waiting"));
      log.write(new BuildEvent.TaskFinished(Events.UPDATE, Duration.ofMillis(1500)));
      log.write(new BuildEvent.PhaseFinished(Phase.PACKAGE_INSTALLATION, Duration.ofSeconds(75)));
      log.write(new BuildEvent.Warning("old"));
      log.write(new BuildEvent.Delivered(Events.ARTEFACT));
      log.write(new BuildEvent.Failing(Events.UPDATE, "apt.AptUpdate: failed\n  E: no network"));
      log.write(new BuildEvent.Released("a folder", ""));
      log.write(new BuildEvent.Released("a mount", "busy"));
      log.write(new BuildEvent.Finished(Events.result(BuildResult.Status.FAILED, "no network")));

      assertEquals(
          """
          [0] INFO: Build 0123abcd of image.yml for kvm, 75 tasks
          [0] INFO: Installing host packages: a b
          [1234] INFO: Phase Package installation
          [1234] INFO: apt.AptUpdate: Fetching the package lists
          [1234] DEBUG: apt-get update
          [1234] DEBUG: apt.AptUpdate 25 %% 3 of 12
          [1234] DEBUG: apt.AptUpdate waiting
          [1234] DEBUG: apt.AptUpdate took 1.5 s
          [1234] INFO: Phase Package installation took 1 min 15 s
          [1234] WARNING: old
          [1234] INFO: Delivered /images/web.qcow2, 2147483648 bytes, SHA-256 %s
          [1234] ERROR: apt.AptUpdate: failed
          [1234] ERROR:   E: no network
          [1234] DEBUG: Released a folder
          [1234] ERROR: Could not release a mount: busy
          [1234] WARNING: image.yml:3:5: system.release: wheezy is no longer supported
          [1234] ERROR: Failed after 32.0 s: no network
          """
              .formatted("ab".repeat(32)),
          Files.readString(log.file()));
    }
  }

  @Test
  void aFolderThatCannotBeMadeIsAnError() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThrows(IOException.class, () -> open(file, "web.yml"));
  }

  @Test
  void anArtefactWithoutAChecksumHasNoneInTheLog() {
    Artefact folder = new Artefact.Local(Path.of("/images/web.folder"), 512, 4096, "");

    assertEquals(
        List.of(new Entry(Entry.Level.INFO, "Delivered /images/web.folder, 512 bytes")),
        Entry.of(new BuildEvent.Delivered(folder)));
  }

  @Test
  void aRemoteArtefactIsLoggedWithItsPlace() {
    Artefact image =
        new Artefact.Remote("ec2-image", "4711", "eu-central-1", "ami-1", "https://example.org/1");

    assertEquals(
        List.of(
            new Entry(
                Entry.Level.INFO,
                "Delivered ec2-image ami-1 in eu-central-1, account 4711, https://example.org/1")),
        Entry.of(new BuildEvent.Delivered(image)));
  }
}

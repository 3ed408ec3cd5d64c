/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import static org.bootstrapvz.engine.internal.run.Bench.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.build.BuildResult;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.value.Secret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are not files, and the resources that they consist of. */
class RemoteResultTest {
  private static final Artefact.Remote IMAGE =
      new Artefact.Remote(
          "ec2-image", "4711", "eu-central-1", "ami-1", "https://console.example.org/ami-1");

  @TempDir Path folder;
  Bench bench;

  @BeforeEach
  void setUpBench() {
    bench = new Bench(folder);
  }

  @Test
  void aKeptResourceIsNotReleasedAndItsArtefactIsTheResult() {
    bench.plan.task(
        "register",
        build -> {
          build.acquire(thing("upload"), () -> {});
          Resource image = build.acquire(thing("image"), () -> {});
          assertEquals(IMAGE, build.deliver(IMAGE, image));
          image.release();
        });

    BuildResult result = bench.build();

    assertEquals(BuildResult.Status.SUCCEEDED, result.status());
    assertEquals(List.of(IMAGE), result.artefacts());
    assertEquals(
        List.of(new BuildEvent.Delivered(IMAGE)), bench.events(BuildEvent.Delivered.class));
    assertEquals(List.of("open", "upload", "close"), bench.done);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void aKeptResourceStaysWhenALaterTaskFails() {
    bench.plan.task(
        "register", build -> build.deliver(IMAGE, build.acquire(thing("image"), () -> {})));
    bench.plan.task(
        "fail",
        build -> {
          throw new IOException("No");
        });

    BuildResult result = bench.build();

    assertEquals(BuildResult.Status.FAILED, result.status());
    assertEquals(List.of(IMAGE), result.artefacts());
    assertEquals(List.of("open", "close"), bench.done);
    assertEquals(List.of(), bench.journals());
  }

  @Test
  void onlyAResourceThatTheBuildHoldsCanBeKept() {
    bench.plan.task(
        "register",
        build -> {
          Resource image = build.acquire(thing("image"), () -> {});
          image.release();
          assertThrows(IllegalArgumentException.class, () -> build.deliver(IMAGE, image));
        });

    assertEquals(List.of(), bench.build().artefacts());
    assertEquals(List.of("open", "image", "close"), bench.done);
  }

  @Test
  void aResourceIsCreatedAndReleasedUnderTheNonceOfTheJournal() {
    List<String> nonces = new ArrayList<>();
    bench.addType("cloud", (spec, context) -> nonces.add("released " + context.nonce()));
    bench.plan.task(
        "create",
        build -> {
          Resource resource =
              build.acquire(
                  new ResourceSpec("cloud", Map.of(), "cloud thing"),
                  nonce -> {
                    String journal =
                        Files.readString(
                            bench.state.resolve("journal").resolve(build.id() + ".journal"));
                    assertTrue(journal.startsWith("acquire\t1\t" + nonce + "\tcloud\t"), journal);
                    nonces.add("created " + nonce);
                  });
          nonces.add("held " + resource.nonce());
        });

    assertEquals(BuildResult.Status.SUCCEEDED, bench.build().status());

    String nonce = nonces.get(0).substring("created ".length());
    assertTrue(nonce.matches("[0-9a-f]{32}"), nonce);
    assertEquals(List.of("created " + nonce, "held " + nonce, "released " + nonce), nonces);
  }

  /** A crash at any time: the journal ends after any of its bytes. */
  @Test
  void aCrashEitherReleasesTheResourceOrKeepsItAndReportsTheArtefact() throws IOException {
    byte[] journal = journalOfADeliveringBuild();
    int kept = 0;
    int released = 0;
    for (int length = 0; length <= journal.length; length++) {
      Bench after = new Bench(Files.createDirectory(folder.resolve("crash" + length)));
      Path file = after.writeJournal("1a2b3c4d", "");
      Files.write(file, Arrays.copyOf(journal, length));
      List<String> messages = new ArrayList<>();

      after.builder.recover(messages::add, line -> {});

      boolean known = new String(journal, 0, length).contains("\n");
      boolean wasReleased = after.done.contains("image");
      boolean wasReported = messages.stream().anyMatch(message -> message.contains("ami-1"));
      String moment = "after " + length + " bytes: " + messages;
      assertFalse(wasReleased && wasReported, moment);
      assertEquals(known, wasReleased || wasReported, moment);
      assertEquals(List.of(), after.journals(), moment);
      kept += wasReported ? 1 : 0;
      released += wasReleased ? 1 : 0;
    }
    assertTrue(kept > 0 && released > 0, kept + " kept, " + released + " released");
  }

  private byte[] journalOfADeliveringBuild() throws IOException {
    List<byte[]> journals = new ArrayList<>();
    bench.plan.task(
        "register",
        build -> {
          Resource image = build.acquire(thing("image"), () -> {});
          build.deliver(IMAGE, image);
          journals.add(
              Files.readAllBytes(bench.state.resolve("journal").resolve(build.id() + ".journal")));
        });
    assertEquals(BuildResult.Status.SUCCEEDED, bench.build().status());
    return journals.get(0);
  }

  @Test
  void theReportAfterACrashHasKindAndLocationOfTheArtefact() throws IOException {
    bench.writeJournal(
        "1a2b3c4d",
        "acquire\t1\tn\tthing\tthing image\tname\timage\n"
            + "kept\tec2-image\t4711\teu-central-1\tami-1\thttps://console.example.org/ami-1\t1\n");
    List<String> messages = new ArrayList<>();

    bench.builder.recover(messages::add, line -> {});
    bench.builder.recover(messages::add, line -> {});

    assertEquals(
        List.of(
            "Build 1a2b3c4d was interrupted after it delivered ec2-image ami-1 in eu-central-1,"
                + " account 4711 (https://console.example.org/ami-1)"),
        messages);
  }

  @Test
  void aSecretThatArisesWhileTheBuildRunsIsMaskedFromThenOn() throws IOException {
    List<String> journals = new ArrayList<>();
    bench.plan.task(
        "upload",
        build -> {
          build.log("token-0815 is not known to be secret yet");
          build.mask(Secret.of("token-0815"));
          build.log("got token-0815");
          build.warn("warned of token-0815");
          build.progress(0.5, "with token-0815");
          Resource upload =
              build.acquire(
                  new ResourceSpec("thing", Map.of("name", "upload"), "upload by token-0815"),
                  () -> {});
          build.deliver(
              new Artefact.Remote("blob", "", "", "b1", "https://x.example/?sig=token-0815"),
              upload);
          build.acquire(
              new ResourceSpec("thing", Map.of("name", "x"), "x by token-0815"), () -> {});
          journals.add(
              Files.readString(bench.state.resolve("journal").resolve(build.id() + ".journal")));
          throw new IOException("refused token-0815");
        });

    BuildResult result = bench.build();

    List<String> shown = new ArrayList<>(journals);
    bench.events.forEach(event -> shown.add(event.toString()));
    shown.add(result.toString());
    shown.remove("Log[line=token-0815 is not known to be secret yet]");
    assertEquals(List.of(), shown.stream().filter(text -> text.contains("token-0815")).toList());
    assertEquals("upload: refused ******", result.error().orElseThrow());
    assertEquals(
        List.of(new Artefact.Remote("blob", "", "", "b1", "https://x.example/?sig=******")),
        result.artefacts());
    assertTrue(journals.get(0).contains("upload by ******"), journals.get(0));
  }

  @Test
  void aParameterThatHoldsADeclaredSecretIsABugOfTheBundle() {
    bench.plan.task(
        "upload",
        build -> {
          build.mask(Secret.of("token-0815"));
          build.acquire(thing("token-0815"), () -> bench.done.add("created"));
        });

    String error = bench.build().error().orElseThrow();

    assertTrue(error.contains("The parameter name of the resource type thing"), error);
    assertFalse(bench.done.contains("created"));
  }
}

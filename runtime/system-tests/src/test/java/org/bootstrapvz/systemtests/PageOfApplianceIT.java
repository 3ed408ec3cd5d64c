/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.systemtests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.appliance.page.internal.Browser;
import org.bootstrapvz.testkit.StallDetector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web interface of the distribution in Chromium. */
class PageOfApplianceIT {
  private static final String MANIFEST = Appliance.container("container");

  @TempDir private Path profile;
  private Appliance appliance;
  private Browser browser;

  @BeforeEach
  void start() throws Exception {
    appliance = new Appliance("page");
    appliance.serve();
    browser = new Browser(profile);
    browser.look(1280, 860, false);
  }

  @AfterEach
  void stop() throws Exception {
    browser.stop();
    appliance.stop();
    assertEquals(List.of(), appliance.distribution.leftovers());
  }

  private void picture(String name) throws Exception {
    browser.screenshot(Path.of("target/screenshots", name + ".png").toAbsolutePath());
  }

  @Test
  void aManifestFromTheFormIsBuiltWatchedAndItsArtefactDownloaded() throws Exception {
    browser.open(appliance.address() + "/#/new");
    browser.fill("#token", appliance.token());
    browser.click(".login button");
    browser.fill("#name", "container.yml");
    browser.fill("textarea", MANIFEST.replace("volume:", "volumes:"));
    browser.awaitText("#verdict", "error");
    browser.awaitText(".problems", "volume");
    browser.fill("textarea", MANIFEST);
    browser.awaitText("#verdict", "The manifest is valid.");
    picture("new");
    browser.click("#submit");

    browser.awaitText("h1", "#1 container.yml");
    browser.await("document.querySelector('.task[data-state=running]')");
    browser.await("document.querySelectorAll('.task[data-state=done]').length > 2");
    picture("running");
    browser.click("#tab-log");
    browser.await("document.querySelector('.log').innerText.includes('mmdebstrap')");
    picture("log");
    browser.await("document.querySelector('.state-now').innerText === 'succeeded'");
    browser.click("#tab-tasks");
    browser.await("!document.querySelector('.task:not([data-state=done])')");
    picture("succeeded");

    browser.click("#tab-artefacts");
    browser.awaitText(".artefacts", "container-latest.tar");
    picture("artefacts");
    Path folder = Files.createDirectories(profile.resolve("downloads"));
    browser.downloads(folder);
    browser.click(".artefacts a[download$='.tar']");
    Path arrived = folder.resolve("container-latest.tar");
    // It has another name until it is complete.
    StallDetector.ofThisProcess()
        .until(() -> "the download does not end", () -> Files.exists(arrived));
    browser.awaitText(".artefacts", Appliance.digest(arrived));
    assertEquals(List.of(), faults());
  }

  @Test
  void aFileThatIsNotAJarIsReportedOnThePage() throws Exception {
    Path half = appliance.deployFolder().resolve(".copying");
    try (RandomAccessFile file = new RandomAccessFile(half.toFile(), "rw")) {
      file.setLength(200 << 20);
    }
    Files.move(half, half.resolveSibling("large.jar"));
    browser.open(appliance.address() + "/#/plugins");
    browser.fill("#token", appliance.token());
    browser.click(".login button");
    browser.awaitText("[data-state=refused]", "The file large.jar is not a jar");
    browser.awaitText("[data-state=active]", "kvm");
    browser.run("document.querySelector('[data-state=refused]').scrollIntoView()");
    picture("plugins");
    assertEquals(List.of(), faults());
  }

  /** Messages of the browser about error responses are not errors of the web interface. */
  private List<String> faults() {
    return browser.console().stream()
        .filter(line -> !line.contains("Failed to load resource"))
        .toList();
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.page.internal;

import static org.bootstrapvz.appliance.page.internal.Browser.quote;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.extension.ExtensionInfo;
import org.bootstrapvz.api.extension.ExtensionInfo.Kind;
import org.bootstrapvz.appliance.api.MadeUpBuilds;
import org.bootstrapvz.appliance.api.access.Role;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.http.internal.PageServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, against the real API with builds that are made up. */
class PageIT {
  private static final String MANIFEST =
      """
      # Debian 13 as a box for Vagrant
      name: debian-{system.release}-{system.architecture}
      provider:
        name: kvm
      system:
        release: trixie
        architecture: amd64
        bootloader: grub
      volume:
        backing: qcow2
        partitions:
          type: gpt
          root: {filesystem: ext4, size: 2560MiB}
      plugins:
        vagrant: {provider: libvirt}
      """;

  private static final String MISTAKEN = MANIFEST.replace("filesystem", "filesytem");

  /** A name that would run if the page took texts for markup. */
  private static final String NASTY =
      "<script>window.hit=1</script><img src=x onerror=window.hit=1>";

  private static final String SUM =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  @TempDir private static Path profile;
  private static Browser browser;

  @TempDir private Path folder;
  private final MadeUpBuilds builds = new MadeUpBuilds();
  private final List<ExtensionInfo> extensions = new ArrayList<>();
  private PageServer server;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = new Browser(profile);
  }

  @AfterAll
  static void endBrowser() throws Exception {
    browser.stop();
  }

  @BeforeEach
  void serve() throws Exception {
    extensions.add(extension(Kind.PROVIDER, "kvm", ExtensionInfo.State.ACTIVE, ""));
    extensions.add(extension(Kind.PLUGIN, "vagrant", ExtensionInfo.State.ACTIVE, ""));
    server =
        new PageServer(
            new PageServlet(),
            folder,
            builds,
            new MadeUpPlanner(builds.plan()),
            () -> List.copyOf(extensions));
    browser.look(1280, 860, false);
    browser.console();
  }

  @AfterEach
  void stop() throws Exception {
    browser.open("about:blank");
    server.stop();
  }

  private static ExtensionInfo extension(
      Kind kind, String name, ExtensionInfo.State state, String missing) {
    return new ExtensionInfo(
        kind,
        name,
        kind == Kind.BUNDLE ? "" : "Makes images for " + name,
        "org.bootstrapvz." + name,
        "1.0.0",
        state,
        missing);
  }

  /** Logs in as somebody new and opens a view. */
  private void enter(Role role, String hash) throws Exception {
    String token = server.token(role.toString(), role);
    browser.open(server.address() + hash);
    browser.fill("#token", token);
    browser.click(".login button");
    browser.await("!document.getElementById('top').hidden");
  }

  private long finished(String name) {
    long id = builds.submitted(name, MANIFEST, Duration.ofMinutes(50));
    builds.runUntil(id, builds.plan().tasks().size(), Duration.ofMinutes(48));
    builds.deliver(id, Path.of("/images/debian-trixie-amd64.box"), 412_345_678, 399_000_000, SUM);
    builds.end(id, BuildState.SUCCEEDED, Instant.now().minus(Duration.ofMinutes(48)));
    return id;
  }

  /** Of the console; what the browser says of answers that are problems is no fault of the page. */
  private static List<String> complaints() {
    return browser.console().stream()
        .filter(line -> !line.contains("Failed to load resource"))
        .toList();
  }

  @Test
  void aWrongTokenIsRefusedAndAValidOneOpensTheRequestedView() throws Exception {
    long id = finished("trixie.yml");
    browser.open(server.address() + "#/builds/" + id);
    browser.fill("#token", "wrong");
    browser.click(".login button");
    browser.awaitText("#login-problem", "Unknown or revoked token");
    browser.fill("#token", server.token("vera", Role.VIEWER));
    browser.click(".login button");
    browser.awaitText("h1", "trixie.yml");
    browser.awaitText("#who", "vera (viewer)");
    assertEquals("", browser.text("document.cookie"), "a script can read the session's cookie");

    browser.click("#logout");
    browser.await("document.getElementById('token')");
    browser.open(server.address());
    browser.await("document.getElementById('token')");
  }

  @Test
  void anExpiredSessionShowsTheLogin() throws Exception {
    enter(Role.VIEWER, "");
    server.revoke("viewer");
    browser.await("document.getElementById('token')");
  }

  @Test
  void theListShowsBuildsFilteredAndPageByPage() throws Exception {
    for (int i = 1; i <= 120; i++) {
      builds.submitted("build-" + i + ".yml", MANIFEST, Duration.ofMinutes(200 - i));
    }
    builds.start(7, Instant.now());
    builds.fail(7, 0, "no mirror answers");
    enter(Role.VIEWER, "");
    browser.await("document.querySelectorAll('a.build').length === 50");
    assertEquals("#120 build-120.yml", browser.text("document.querySelector('a.build').innerText"));
    browser.click(".older");
    browser.awaitText("a.build", "#70 ");
    browser.click(".older");
    browser.await("document.querySelectorAll('a.build').length === 20");
    browser.click(".filters a[href*=failed]");
    browser.await("document.querySelectorAll('a.build').length === 1");
    browser.awaitText("tbody tr", "no mirror answers");
    assertEquals(
        "failed 1", browser.text("document.querySelector('.filters [aria-current]').textContent"));
  }

  @Test
  void theListIsUpdatedAndKeepsTheFocus() throws Exception {
    long id = builds.submitted("trixie.yml", MANIFEST, Duration.ofSeconds(5));
    enter(Role.VIEWER, "");
    browser.awaitText("tr[data-state=queued]", "trixie.yml");
    browser.run("document.querySelector('a.build').focus()");
    builds.runUntil(id, 32, Duration.ZERO);
    browser.awaitText("tr[data-state=running]", builds.plan().tasks().get(32).name());
    assertEquals("50", browser.text("document.querySelector('.builds .bar').ariaValueNow"));
    builds.submitted("another.yml", MANIFEST, Duration.ZERO);
    browser.awaitText("tbody tr:first-child", "another.yml");
    assertEquals("#1 trixie.yml", browser.text("document.activeElement.innerText"));
    builds.end(id, BuildState.SUCCEEDED, Instant.now());
    browser.awaitText("tr[data-state=succeeded]", "trixie.yml");
  }

  @Test
  void theGraphShowsEveryTaskInItsPhaseAndColoursItAsItRuns() throws Exception {
    long id = builds.submitted("trixie.yml", MANIFEST, Duration.ofMinutes(1));
    builds.runUntil(id, 20, Duration.ZERO);
    enter(Role.VIEWER, "#/builds/" + id);
    browser.await("document.querySelectorAll('.task').length === 64");
    browser.await("document.querySelectorAll('.band').length === 11");
    assertEquals(31, browser.value("document.querySelectorAll('path.edge').length").asInt());
    String task = builds.plan().tasks().get(20).id();
    String box = ".task[data-task=" + quote(task) + "]";
    browser.await("document.querySelector(" + quote(box) + ").dataset.state === 'running'");
    browser.await("document.querySelectorAll('.task[data-state=done]').length === 20");
    builds.finishTask(id, 20, Duration.ofMillis(2300), Instant.now());
    builds.startTask(id, 21, Instant.now());
    browser.await("document.querySelector(" + quote(box) + ").dataset.state === 'done'");
    browser.awaitText(box, "2.3 s");
    builds.fail(id, 21, "apt-get failed with status 100");
    browser.await("document.querySelectorAll('.task[data-state=failed]').length === 1");
    browser.await("document.querySelectorAll('.task[data-state=skipped]').length === 42");
    browser.awaitText(".problem.block", "apt-get failed with status 100");
    browser.awaitText(".state-now", "failed");
    // Nothing lies over another: boxes of one picture do not intersect.
    assertEquals(
        0,
        browser
            .value(
                """
                (() => { const boxes = [...document.querySelectorAll('.task > rect')].map(e => e.getBoundingClientRect());
                  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => a.left < b.right - 1 && b.left < a.right - 1
                    && a.top < b.bottom - 1 && b.top < a.bottom - 1)).length; })()
                """)
            .asInt());
  }

  @Test
  void aTaskShowsItsDescriptionAndItsRequesterWithPointerAndKeyboard() throws Exception {
    long id = finished("trixie.yml");
    enter(Role.VIEWER, "#/builds/" + id);
    browser.hover(".task[data-task='org.bootstrapvz.common.apt.CheckMirrors']");
    browser.awaitText(".task-card", "provider kvm");
    browser.awaitText(".task-card", "apt.AddDefaultSources provides BootstrapSource");
    assertTrue(
        browser.value("document.querySelectorAll('.edge.near').length").asInt() >= 2,
        "its relations stand out");
    browser.run("document.querySelector('.tabs [aria-selected=true]').focus()");
    browser.type(Browser.TAB);
    browser.awaitText(".task-card", builds.plan().tasks().get(0).description());
    browser.type(Browser.RIGHT, Browser.RIGHT);
    browser.awaitText(".task-card", builds.plan().tasks().get(2).description());
    browser.type(Browser.ESCAPE);
    browser.await("document.querySelector('.task-card').hidden");
    browser.type(Browser.TAB);
    assertFalse(
        browser.value("document.activeElement.matches('.task')").asBoolean(),
        "the graph is one stop and no trap");
  }

  @Test
  void theLogFollowsUntilTheUserScrollsUpAndCanBeSearched() throws Exception {
    long id = builds.submitted("trixie.yml", MANIFEST, Duration.ofMinutes(1));
    builds.runUntil(id, 3, Duration.ZERO);
    for (int i = 0; i < 400; i++) {
      builds.write(id, "Unpacking package-" + i + " ...\n");
    }
    enter(Role.VIEWER, "#/builds/" + id + "/log");
    browser.awaitText(".log", "package-399");
    String atEnd =
        "(e => e.scrollHeight - e.clientHeight - e.scrollTop < 5)(document.querySelector('.log'))";
    browser.await(atEnd);
    builds.write(id, "Setting up the last one\n");
    browser.awaitText(".log", "the last one");
    browser.await(atEnd);

    browser.run("document.querySelector('.log').scrollTop = 300");
    browser.awaitText("#log-follow", "Paused");
    builds.write(id, "Something else\n");
    browser.awaitText(".log", "Something else");
    assertEquals(300, browser.value("document.querySelector('.log').scrollTop").asInt());
    browser.click("#log-follow");
    browser.await(atEnd);

    browser.run("document.querySelector('h1').focus()");
    browser.type("/");
    browser.type("PACKAGE-39");
    browser.awaitText("#log-hits", "11 matches");
    browser.type(Browser.ENTER);
    browser.awaitText("#log-hits", "1 of 11");
    browser.type(Browser.SHIFT, Browser.ENTER);
    browser.awaitText("#log-hits", "11 of 11");
    browser.awaitText("#log-follow", "Paused");

    builds.end(id, BuildState.CANCELLED, Instant.now());
    browser.awaitText(".state-now", "cancelled");
  }

  @Test
  void leavingABuildClosesItsEventStream() throws Exception {
    long id = builds.submitted("trixie.yml", MANIFEST, Duration.ofMinutes(1));
    builds.runUntil(id, 3, Duration.ZERO);
    enter(Role.VIEWER, "#/builds/" + id + "/log");
    browser.awaitText(".log", "--");
    assertTrue(builds.followers(id) > 0);
    browser.type("b");
    browser.await("document.querySelector('a.build')");
    // The server finds out when it writes next.
    for (int i = 0; builds.followers(id) > 0; i++) {
      assertTrue(i < 5000, "still followed");
      builds.write(id, "more\n");
      browser.await("true");
    }
  }

  @Test
  void artefactsAreListedWithTheirChecksums() throws Exception {
    long id = finished("trixie.yml");
    enter(Role.VIEWER, "#/builds/" + id + "/artefacts");
    browser.awaitText(".artefacts", SUM);
    browser.awaitText(".artefacts", "Download 393 MiB");
    assertEquals(
        server.address() + "api/v1/builds/" + id + "/artefacts/debian-trixie-amd64.box",
        browser.text("document.querySelector('.artefacts a').href"));
    builds.deliver(id, Path.of("/images/trixie.oci"), 1, 1, "");
    browser.run("location.reload()");
    browser.awaitText(".artefacts", "A directory or a volume; it stays on the appliance.");
    assertEquals(1, browser.value("document.querySelectorAll('.artefacts a').length").asInt());
  }

  @Test
  void aRejectedManifestIsShownWithItsErrors() throws Exception {
    long id =
        builds.submitted(
            "typo.yml", MANIFEST.replace("filesystem", "filesytem"), Duration.ofMinutes(2));
    builds.reject(
        id,
        MadeUpBuilds.finding(
            13, 12, "volume.partitions.root", "\"filesytem\" is not a key here", ""));
    enter(Role.BUILDER, "#/builds/" + id + "/problems");
    browser.awaitText(".problems", "is not a key here");
    browser.click(".problems button");
    browser.await("document.querySelector('#panel-manifest .gutter .error').innerText === '13'");
    assertEquals(
        "filesytem",
        browser
            .text("document.querySelector('#panel-manifest .paint .error').innerText")
            .replace(":", ""));
    browser.run("location.reload()");
    browser.await("document.querySelector('#panel-manifest .gutter .error').innerText === '13'");
  }

  @Test
  void namesAreTextsAndNeverMarkup() throws Exception {
    long id = builds.submitted(NASTY, "name: " + NASTY + "\n", Duration.ofMinutes(2));
    builds.runUntil(id, 4, Duration.ZERO);
    builds.write(id, NASTY + "\n");
    builds.warn(id, NASTY);
    builds.deliver(id, Path.of("/images", NASTY.replace("/", "")), 1, 1, SUM);
    builds.fail(id, 4, NASTY);
    extensions.add(extension(Kind.BUNDLE, NASTY, ExtensionInfo.State.REFUSED, NASTY));
    enter(Role.BUILDER, "");
    browser.awaitText("a.build", NASTY);
    for (String tab : List.of("tasks", "timeline", "log", "artefacts", "manifest", "problems")) {
      browser.run("location.hash = '#/builds/" + id + "/" + tab + "'");
      browser.await("!document.getElementById('panel-" + tab + "')?.hidden");
      browser.awaitText("h1", NASTY);
    }
    browser.await(
        "document.querySelector('.log').innerText.includes("
            + quote(NASTY)
            + ") || document.querySelector('.log').textContent.includes("
            + quote(NASTY)
            + ")");
    browser.awaitText(".notices", NASTY);
    browser.run("location.hash = '#/new?from=" + id + "'");
    browser.await("document.querySelector('textarea').value.includes(" + quote(NASTY) + ")");
    browser.run("location.hash = '#/plugins'");
    browser.awaitText(".extensions", NASTY);
    assertTrue(browser.value("window.hit === undefined").asBoolean(), "a name was run");
    assertEquals(
        0, browser.value("document.querySelectorAll('main script, main img').length").asInt());
    assertEquals(List.of(), complaints());
  }

  @Test
  void everythingComesFromTheApplianceItself() throws Exception {
    long id = finished("trixie.yml");
    enter(Role.BUILDER, "#/builds/" + id);
    browser.await("document.querySelectorAll('.task').length === 64");
    assertEquals(
        "[]",
        browser
            .value(
                "performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin))")
            .toString());
    assertEquals(List.of(), complaints());
  }

  @Test
  void aManifestIsCheckedWhileItIsWrittenAndItsPlanIsShown() throws Exception {
    enter(Role.BUILDER, "#/new");
    browser.awaitText("#verdict", "64 tasks in 11 phases. The manifest is valid.");
    browser.await("document.querySelectorAll('.plan .task').length === 64");
    browser.fill("textarea", MANIFEST);
    browser.run("document.querySelector('textarea').setSelectionRange(0, 0)");
    browser.type("# A note\n");
    browser.run(
        "const t = document.querySelector('textarea'); const at = t.value.indexOf('filesystem') + 6; t.setSelectionRange(at, at + 1)");
    browser.type("\uE003");
    browser.awaitText("#verdict", "1 error");
    browser.awaitText(".gutter .error", "14");
    browser.awaitText(".paint .error", "filesytem");
    browser.awaitText(".problems", "Did you mean \"filesystem\"?");
    assertTrue(browser.value("document.getElementById('submit').disabled").asBoolean());
    browser.run("document.querySelector('textarea').setSelectionRange(0, 0)");
    browser.click(".problems button");
    browser.await("document.activeElement.matches('textarea')");
    assertEquals(
        "filesytem",
        browser.text(
            "(t => t.value.slice(t.selectionStart, t.selectionStart + 9))(document.activeElement)"));
    browser.fill("textarea", MANIFEST.replace("2560MiB", "1MiB"));
    browser.awaitText("#verdict", "1 warning. The manifest is valid.");
    browser.await("document.querySelector('.gutter .warning').innerText === '13'");
    browser.await("!document.getElementById('submit').disabled");
  }

  @Test
  void aManifestIsSubmittedWithItsNameAndPriority() throws Exception {
    enter(Role.BUILDER, "#/new");
    browser.fill("#name", "nightly.yml");
    browser.fill("#priority", "7");
    browser.fill("textarea", MANIFEST);
    browser.awaitText("#verdict", "The manifest is valid.");
    browser.run("document.querySelector('textarea').focus()");
    browser.type(Browser.CONTROL, Browser.ENTER);
    browser.awaitText("h1", "#1 nightly.yml");
    assertEquals(7, builds.submission(1).priority());
    assertEquals(MANIFEST.strip(), builds.submission(1).manifest().strip());
    assertEquals("builder", builds.submission(1).submitter());
    browser.awaitText("#panel-tasks", "The build is queued");

    browser.fill("#priority", "50");
    browser.type(Browser.ENTER);
    browser.awaitText(".facts", "50");
    assertEquals(50, builds.submission(1).priority());
  }

  @Test
  void aBuildIsCancelledAfterAConfirmationAndRetried() throws Exception {
    long id = builds.submitted("trixie.yml", MANIFEST, Duration.ofMinutes(1));
    builds.runUntil(id, 5, Duration.ZERO);
    enter(Role.BUILDER, "#/builds/" + id);
    browser.click("#cancel");
    browser.click("dialog button[value=no]");
    browser.await("!document.querySelector('dialog')");
    browser.awaitText(".state-now", "running");
    browser.click("#cancel");
    browser.click("dialog button[value=yes]");
    browser.awaitText(".state-now", "cancelled");
    browser.click("#retry");
    browser.awaitText("h1", "#2 trixie.yml");
    browser.awaitText(".facts", "#1");
    browser.awaitText(".state-now", "queued");
  }

  @Test
  void aViewerIsOfferedNothingThatNeedsMore() throws Exception {
    long id = builds.submitted("trixie.yml", MANIFEST, Duration.ofMinutes(1));
    builds.runUntil(id, 5, Duration.ZERO);
    enter(Role.VIEWER, "#/builds/" + id + "/manifest");
    browser.awaitText("#panel-manifest", "This requires the role builder");
    assertEquals(0, browser.value("document.querySelector('.actions').children.length").asInt());
    assertTrue(browser.value("document.getElementById('to-new').hidden").asBoolean());
    browser.run("location.hash = '#/new'");
    browser.awaitText("main", "requires the role builder");
  }

  @Test
  void pluginsAndJarsShowTheirState() throws Exception {
    extensions.add(extension(Kind.PLUGIN, "ansible", ExtensionInfo.State.SUPERSEDED, ""));
    extensions.add(
        extension(Kind.BUNDLE, "broken.jar", ExtensionInfo.State.REFUSED, "it is not a jar"));
    extensions.add(
        extension(
            Kind.PLUGIN, "endless", ExtensionInfo.State.SET_ASIDE, "It is not called any more"));
    enter(Role.VIEWER, "#/plugins");
    browser.awaitText("[data-state=active]", "Installed; used by new builds.");
    browser.awaitText("[data-state=set_aside]", "Set aside: It is not called any more.");
    browser.awaitText("[data-state=superseded]", "removed when the last build using it finishes");
    browser.awaitText("[data-state=refused]", "Refused: it is not a jar.");
    extensions.add(
        extension(
            Kind.BUNDLE,
            "late.jar",
            ExtensionInfo.State.WAITING,
            "nothing offers the package org.example"));
    browser.awaitText("[data-state=waiting]", "Waiting: nothing offers the package org.example.");
  }

  @Test
  void theConnectionToTheApplianceIsRestored() throws Exception {
    builds.submitted("trixie.yml", MANIFEST, Duration.ofMinutes(1));
    enter(Role.VIEWER, "");
    browser.awaitText("a.build", "trixie.yml");
    server.pause();
    browser.awaitText("#banner", "The appliance does not respond");
    browser.awaitText("a.build", "trixie.yml");
    builds.submitted("later.yml", MANIFEST, Duration.ZERO);
    server.resume();
    browser.awaitText("a.build", "later.yml");
    browser.await("document.getElementById('banner').hidden");
    builds.trouble("The database cannot be reached");
    browser.awaitText("#banner", "The database cannot be reached");
  }

  @Test
  void everythingCanBeReachedAndLeftWithTheKeyboard() throws Exception {
    long id = finished("trixie.yml");
    enter(Role.BUILDER, "");
    browser.awaitText("a.build", "trixie.yml");
    browser.type("?");
    browser.awaitText("dialog", "Keyboard shortcuts");
    browser.type(Browser.ESCAPE);
    browser.await("!document.querySelector('dialog')");
    browser.type("j");
    browser.await("document.activeElement.matches('a.build')");
    browser.type(Browser.ENTER);
    browser.awaitText("h1", "#" + id);
    browser.run("document.querySelector('.tabs [aria-selected=true]').focus()");
    browser.type(Browser.RIGHT);
    browser.await(
        "document.activeElement.id === 'tab-timeline' && !document.getElementById('panel-timeline').hidden");
    browser.type("n");
    browser.await("document.querySelector('textarea')");
    browser.run("document.querySelector('textarea').focus()");
    browser.type("b");
    browser.await("document.querySelector('textarea').value.endsWith('b')");
    browser.await("document.querySelector('.plan .task')");
    // From the first to the last thing that can be reached, and each shows that it has the focus.
    browser.run("document.getElementById('skip').focus()");
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 40 && !reached.contains("task"); i++) {
      browser.type(Browser.TAB);
      reached.add(
          browser.text(
              "document.activeElement.id || document.activeElement.classList[0] || document.activeElement.tagName"));
      assertTrue(
          browser.value("document.activeElement.matches(':focus-visible')").asBoolean(),
          "no focus to be seen at " + reached);
    }
    assertTrue(
        reached.containsAll(
            List.of("keys", "logout", "name", "priority", "file", "submit", "area", "task")),
        reached.toString());
  }

  @Test
  void everyViewIsReadableInLightAndDarkAndOnAPhone() throws Exception {
    Path pictures = Path.of(System.getProperty("bootstrapvz.screenshots", "target/screenshots"));
    long done = finished("trixie-vagrant.yml");
    builds.fail(
        again("bookworm-a-name-that-is-long-and-has-no-blank-at-which-it-could-be-broken.yml", 24),
        24,
        "apt-get --yes install linux-image-amd64 failed with status 100: E: Unable to locate package");
    builds.end(again("cloud.yml", 38), BuildState.CANCELLED, Instant.now());
    long rejected = builds.submitted("typo.yml", MISTAKEN, Duration.ofMinutes(9));
    builds.reject(
        rejected,
        MadeUpBuilds.finding(
            13,
            12,
            "volume.partitions.root",
            "\"filesytem\" is not a key here",
            "Did you mean \"filesystem\"?"));
    builds.end(again("edge.yml", 50), BuildState.INTERRUPTED, Instant.now());
    long running = again("trixie.yml", 22);
    builds.warn(running, "The mirror answered slowly; the second one is used");
    builds.submitted("nightly.yml", MANIFEST, Duration.ofSeconds(40));
    extensions.add(extension(Kind.PLUGIN, "ansible", ExtensionInfo.State.SUPERSEDED, ""));
    extensions.add(
        extension(
            Kind.BUNDLE,
            "half-copied.jar",
            ExtensionInfo.State.REFUSED,
            "half-copied.jar is not a complete jar: its directory of entries is missing"));
    extensions.add(
        extension(
            Kind.BUNDLE,
            "org.example.plugin.proxy",
            ExtensionInfo.State.WAITING,
            "nothing here offers the package org.example.net, version 2"));
    extensions.add(
        extension(
            Kind.PLUGIN,
            "endless",
            ExtensionInfo.State.SET_ASIDE,
            "It is not called any more, since the plugin endless failed to choose its tasks within"
                + " 10 s. Replace its jar in the deploy directory"));
    browser.open(server.address());
    browser.await("document.getElementById('token')");
    pictures(pictures.resolve("login"));
    enter(Role.BUILDER, "");
    for (String view :
        List.of(
            "builds",
            "plugins",
            "new",
            "builds/" + running + "/tasks",
            "builds/" + running + "/log",
            "builds/" + done + "/tasks",
            "builds/" + done + "/timeline",
            "builds/" + done + "/artefacts",
            "builds/" + rejected + "/manifest",
            "builds/" + rejected + "/problems")) {
      browser.look(1280, 860, false);
      browser.run("location.hash = '#/" + view + "'");
      browser.await(
          "[...document.querySelectorAll('.task, a.build, .extensions li, .times li, .log pre,"
              + " .artefacts li, .problems li, .panel .gutter div')].some(e => e.checkVisibility())");
      if (view.equals("new")) {
        browser.fill("textarea", MISTAKEN);
        browser.awaitText("#verdict", "1 error");
        browser.await("document.querySelector('.plan .task')");
      }
      pictures(pictures.resolve(view.replace('/', '-')));
    }
    browser.look(1280, 860, false);
    browser.run("location.hash = '#/builds/" + running + "/tasks'; scrollTo(0, 0)");
    browser.await("document.querySelector('.task[data-state=running]').checkVisibility()");
    browser.run(
        "document.querySelector('.task[data-state=running]').scrollIntoView({block: 'center'})");
    browser.hover(".task[data-state=running]");
    browser.awaitText(".task-card", "provider kvm");
    browser.screenshot(pictures.resolve("card.png"));
    browser.look(1280, 860, true);
    browser.screenshot(pictures.resolve("card-dark.png"));
    assertEquals(List.of(), complaints());
  }

  /** A build that got as far as a task and then did something else. */
  private long again(String name, int place) {
    long id = builds.submitted(name, MANIFEST, Duration.ofMinutes(3));
    builds.runUntil(id, place, Duration.ofSeconds(2));
    for (int i = 0; i < 60; i++) {
      builds.write(
          id,
          "Get:"
              + i
              + " http://mirror.example.org/debian trixie/main amd64 package-"
              + i
              + " amd64 1.0-"
              + i
              + " [12.3 kB]\n");
    }
    return id;
  }

  /** Takes pictures of a view in all its looks and checks that it fits and can be read. */
  private void pictures(Path name) throws Exception {
    for (String look : List.of("light", "dark", "narrow")) {
      int width = look.equals("narrow") ? 400 : 1280;
      browser.look(width, 860, look.equals("dark"));
      browser.await("innerWidth === " + width);
      browser.screenshot(name.resolveSibling(name.getFileName() + "-" + look + ".png"));
      assertEquals(
          width,
          browser.value("document.documentElement.scrollWidth").asInt(),
          name + " is wider than the window");
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problems;

/** Checks {@code packages.snapshot} against the other settings of mirrors. */
final class SnapshotChecks {
  private static final Pattern TIME =
      Pattern.compile("(\\d{4})(\\d{2})(\\d{2})T(\\d{2})(\\d{2})(\\d{2})Z");

  /** Longer addresses, which take long to match, are none of a snapshot. */
  private static final int MAX_ADDRESS = 2000;

  /** The archive or the snapshot itself instead of the service. */
  private static final Pattern BELOW =
      Pattern.compile("(.*?)(/debian|/debian-security)?(/\\d{8}T\\d{6}Z)?/*");

  private final ManifestDocument manifest;
  private final Problems problems;

  SnapshotChecks(ManifestDocument manifest, Problems problems) {
    this.manifest = manifest;
    this.problems = problems;
  }

  void run(LocalDateTime now) {
    ManifestValue snapshot = manifest.at("packages.snapshot");
    if (!snapshot.exists()) {
      return;
    }
    time(snapshot.isMap() ? snapshot.get("time") : snapshot, now);
    if (snapshot.isMap() && snapshot.get("mirror").exists()) {
      service(snapshot.get("mirror"));
    } else {
      ManifestValue mirror = manifest.at("packages.mirror");
      if (!mirror.exists()) {
        problems.error(
            snapshot,
            "A snapshot needs the address of the service that has it",
            "Set packages.mirror to it, for example to https://snapshot.example.org/archive, or"
                + " write snapshot: {time: "
                + (snapshot.isMap() ? snapshot.get("time") : snapshot).text("20260101T000000Z")
                + ", mirror: ADDRESS} to give the image other mirrors");
      }
      service(mirror.isMap() ? mirror.get("url") : mirror);
      ManifestValue security = manifest.at("packages.security");
      service(security.isMap() ? security.get("url") : security);
      if (snapshot.isMap()
          && snapshot.get("security").text("").equals("false")
          && security.exists()) {
        problems.add(
            new Problem(
                Problem.Severity.ERROR,
                security.keyLocation(),
                security.path(),
                "The snapshot has no security archive",
                "Remove this key, or packages.snapshot.security"));
      }
    }
    for (String path : List.of("packages.mirror", "packages.security")) {
      ManifestValue mirror = manifest.at(path);
      if (mirror.isMap() && mirror.get("snapshot").exists()) {
        conflict(mirror.get("snapshot"), "apt would look for a snapshot of the snapshot");
      }
    }
    if (manifest.at("bootstrapper.mirror").exists()) {
      conflict(manifest.at("bootstrapper.mirror"), "The base system comes from packages.snapshot");
    }
  }

  private void time(ManifestValue value, LocalDateTime now) {
    Matcher time = TIME.matcher(value.isScalar() ? value.text() : "");
    if (!time.matches()) {
      return;
    }
    try {
      LocalDateTime moment =
          LocalDateTime.of(
              number(time, 1),
              number(time, 2),
              number(time, 3),
              number(time, 4),
              number(time, 5),
              number(time, 6));
      // A day covers all time zones.
      if (moment.isAfter(now.plusDays(1))) {
        problems.error(
            value, "The time " + value.text() + " is in the future", "Write a time in the past");
      }
    } catch (DateTimeException e) {
      problems.error(
          value,
          "There is no time " + value.text(),
          "It is year, month, day, T, hour, minute, second and Z, for example 20260101T000000Z");
    }
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  private void service(ManifestValue address) {
    String text = address.isScalar() ? address.text() : "";
    Matcher matcher = BELOW.matcher(text.length() > MAX_ADDRESS ? "" : text);
    if (matcher.matches() && (matcher.group(2) != null || matcher.group(3) != null)) {
      problems.error(
          address,
          "The address of a snapshot service does not contain the archive and the time",
          "Write " + matcher.group(1) + ": the build adds /debian/TIME and /debian-security/TIME");
    }
  }

  private void conflict(ManifestValue value, String reason) {
    problems.add(
        new Problem(
            Problem.Severity.ERROR,
            value.keyLocation(),
            value.path(),
            reason,
            "Remove this key, or packages.snapshot"));
  }
}

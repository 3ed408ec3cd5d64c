/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.cleanup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptClean;
import org.osgi.service.component.annotations.Component;

/**
 * Removes traces of the time, place and steps of the installation, so that two builds are equal and
 * the image is small: backups, logs, the cache of ldconfig with its inode numbers, and the dates of
 * passwords.
 */
@Component
@TaskDefinition(
    description = "Removing the traces of the build",
    phase = Phase.SYSTEM_CLEANING,
    predecessors = {AptClean.class, CleanTMP.class},
    requires = Root.class)
public final class RemoveBuildTraces implements Task {
  private static final List<String> ACCOUNTS =
      List.of("passwd", "group", "shadow", "gshadow", "subuid", "subgid");
  private static final List<String> BACKED_UP = List.of("var/lib/dpkg", "var/cache/debconf");
  private static final String SHADOW = "etc/shadow";
  private static final Pattern CHANGED =
      Pattern.compile("(?m)^([^:\n]*:[^:\n]*:)(\\d+)(?=:\\d*:(?:99999)?:)");

  @Override
  public void run(Build build) throws BuildException, IOException {
    Root root = build.root();
    for (String accounts : ACCOUNTS) {
      root.delete("etc/" + accounts + "-");
    }
    for (String folder : BACKED_UP) {
      for (String name : root.list(folder)) {
        if (name.endsWith("-old")) {
          root.delete(folder + "/" + name);
        }
      }
    }
    root.delete("var/cache/ldconfig/aux-cache");
    emptyLogs(root);
    setDay(root, ImageTime.of(root, System.getenv()).getEpochSecond() / 86_400);
  }

  /** Programs expect some logs to exist, with their owner and mode. */
  private static void emptyLogs(Root root) throws IOException {
    Path logs = root.resolve("var/log");
    if (!Files.isDirectory(logs)) {
      return;
    }
    try (Stream<Path> all = Files.walk(logs)) {
      List<Path> files =
          all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
      for (Path file : files) {
        if (Files.size(file) > 0) {
          Files.write(file, new byte[0]);
        }
      }
    }
  }

  /**
   * No password can have been set after the time of the image. A date from which a password expires
   * stays.
   */
  private static void setDay(Root root, long day) throws IOException {
    if (!root.isFile(SHADOW)) {
      return;
    }
    Matcher matcher = CHANGED.matcher(root.read(SHADOW));
    String changed =
        matcher.replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + Math.min(day, Long.parseLong(found.group(2)))));
    Files.writeString(root.resolve(SHADOW), changed);
  }
}

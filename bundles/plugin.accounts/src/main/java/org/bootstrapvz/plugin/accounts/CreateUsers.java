/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.accounts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Creates the users. */
@Component
@TaskDefinition(
    description = "Creating users",
    phase = Phase.SYSTEM_MODIFICATION,
    predecessors = CreateGroups.class)
public final class CreateUsers implements Task {
  @Override
  public void run(Build build) throws BuildException, IOException {
    for (ManifestValue user : AccountsPlugin.users(build.manifest())) {
      AccountFile.users(build).refuse(user.get("name"));
      AccountFile groups = AccountFile.groups(build);
      if (user.get("group").exists()) {
        groups.require(user.get("group"));
      } else {
        groups.refuse(user.get("name"));
      }
      for (ManifestValue group : user.get("groups").items()) {
        groups.require(group);
      }
      build.root().run(Command.of("useradd").with(arguments(build, user)));
    }
  }

  private static List<String> arguments(Build build, ManifestValue user)
      throws BuildException, IOException {
    boolean system = user.get("system").isTrue(false);
    List<String> arguments = new ArrayList<>();
    if (system) {
      arguments.add("--system");
    }
    arguments.add(system && !user.get("home").exists() ? "--no-create-home" : "--create-home");
    add(arguments, "--uid", user.get("uid"));
    add(arguments, "--comment", user.get("comment"));
    add(arguments, "--home-dir", user.get("home"));
    add(arguments, "--gid", user.get("group"));
    if (!user.get("group").exists()) {
      arguments.add("--user-group");
    }
    if (user.get("groups").exists()) {
      arguments.add("--groups");
      arguments.add(
          String.join(",", user.get("groups").items().stream().map(ManifestValue::text).toList()));
    }
    arguments.add("--shell");
    arguments.add(shell(build, user.get("shell"), system));
    arguments.add(user.get("name").text());
    return arguments;
  }

  private static String shell(Build build, ManifestValue shell, boolean system)
      throws BuildException, IOException {
    if (!shell.exists()) {
      return system ? "/usr/sbin/nologin" : "/bin/bash";
    }
    if (!build.root().exists(shell.text())) {
      throw AccountFile.failure(
          shell,
          "has no program "
              + shell.text()
              + ". Add its package to packages.install, or correct the path");
    }
    return shell.text();
  }

  private static void add(List<String> arguments, String option, ManifestValue value) {
    if (value.exists()) {
      arguments.add(option);
      arguments.add(value.text());
    }
  }
}

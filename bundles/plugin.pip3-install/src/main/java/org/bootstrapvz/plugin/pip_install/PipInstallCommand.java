/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.pip_install;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.plugin.pip.internal.Pip;
import org.osgi.service.component.annotations.Component;

/**
 * Runs pip in the image. Where it may not change the system, the packages are in a virtual
 * environment, and their programs are in {@code /usr/local/bin}, as before.
 */
@Component
@TaskDefinition(
    description = "Installing Python packages for the release",
    phase = Phase.SYSTEM_MODIFICATION)
public final class PipInstallCommand implements Task {
  private static final String DEFAULT_ENVIRONMENT = "/opt/pip_install";
  private static final String PROGRAMS = "/usr/local/bin/";

  @Override
  public void run(Build build) throws BuildException, IOException {
    switch (Python.of(build.manifest().release())) {
      case TWO -> Pip.install(build, PipInstallPlugin.SETTINGS, "pip");
      case THREE -> Pip.install(build, PipInstallPlugin.SETTINGS, "pip3");
      case THREE_PROTECTED -> installIntoEnvironment(build);
    }
  }

  private static void installIntoEnvironment(Build build) throws BuildException, IOException {
    Root root = build.root();
    String folder =
        build.manifest().at(PipInstallPlugin.SETTINGS).get("virtualenv").text(DEFAULT_ENVIRONMENT);
    String pip = Pip.virtualEnvironment(build, folder);
    List<String> before = root.list(folder + "/bin");
    Pip.install(build, PipInstallPlugin.SETTINGS, pip);
    TreeSet<String> programs = new TreeSet<>(root.list(folder + "/bin"));
    programs.removeAll(before);
    for (String program : programs) {
      if (root.exists(PROGRAMS + program)) {
        build.warn(
            PROGRAMS
                + program
                + " exists, so the program of pip_install is only "
                + folder
                + "/bin/"
                + program);
      } else {
        root.symlink(PROGRAMS + program, folder + "/bin/" + program);
      }
    }
  }
}

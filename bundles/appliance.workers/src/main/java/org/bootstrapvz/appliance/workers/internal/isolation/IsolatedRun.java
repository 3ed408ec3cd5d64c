/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.workers.internal.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.bootstrapvz.api.task.Artefact;

/**
 * One build in a user namespace: its ids, its files, and the command line that starts a process
 * there. Used by one thread.
 */
public final class IsolatedRun implements AutoCloseable {
  /** The kernel frees what the processes of a build held, such as gigabytes of memory. */
  private static final Duration END_TIMEOUT = Duration.ofSeconds(20);

  /** Opens what bwrap expects as file descriptors. */
  private static final String OPEN = "exec 8<\"$1\" 9<\"$2\"; shift 2; exec bwrap \"$@\"";

  /**
   * The first command in the namespaces. It still belongs to the host: only such a process may
   * mount a complete /proc for the first time, without which the build cannot mount others. bwrap
   * would hide parts of it.
   */
  private static final String ENTER =
      "mount -t proc -o nosuid,nodev,noexec proc /proc"
          + " && { [ ! -e "
          + HostView.BINARY_FORMATS
          + "/status ] || mount --move "
          + HostView.BINARY_FORMATS
          + " /proc/sys/fs/binfmt_misc; }"
          + " && exec nsenter --user=/proc/self/fd/8 --setuid=0 --setgid=0 -- setpriv"
          + " --bounding-set=-sys_module,-sys_rawio,-sys_boot,-sys_time,-syslog,-sys_pacct,"
          + "-sys_tty_config,-wake_alarm,-block_suspend,-audit_control,-audit_read,-mac_admin,"
          + "-mac_override,-linux_immutable,-lease"
          + " -- sh -c 'exec 8<&-; exec \"$@\"' sh \"$@\"";

  /** Variables of the appliance that a build gets. Others may be secrets of the appliance. */
  private static final Set<String> VARIABLES =
      Set.of(
          "PATH",
          "TZ",
          "SOURCE_DATE_EPOCH",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "BOOTSTRAP_VZ_JAVA_OPTIONS");

  private static final Set<String> CERTIFICATES =
      Set.of("SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE");

  private final IdRange range;
  private final UserNamespace namespace;
  private final Optional<ControlGroup> group;
  private final IsolatedFiles files;
  private final Isolation.Limits limits;
  private final Consumer<Boolean> whenEnded;
  private final HostView view;
  private int given;

  /**
   * @param whenEnded is called with whether its files are gone
   */
  IsolatedRun(
      IdRange range,
      UserNamespace namespace,
      Optional<ControlGroup> group,
      IsolatedFiles files,
      Isolation.Limits limits,
      Consumer<Boolean> whenEnded)
      throws IOException {
    this.range = range;
    this.namespace = namespace;
    this.group = group;
    this.files = files;
    this.limits = limits;
    this.whenEnded = whenEnded;
    this.view = new HostView();
    files.addTo(view);
    group.ifPresent(each -> view.showControlGroup(each.directory()));
    limits.readable().forEach(view::readIfThere);
  }

  /** Adds a directory of the host that the process reads, such as that of its program. */
  public void read(Path directory) {
    if (!directory.startsWith("/usr")) {
      view.read(directory);
    }
  }

  /** Gives the process a copy of a file, at the same path; no other user can read it. */
  public void give(Path file) throws IOException {
    given++;
    view.read(files.copy(file, "copy-" + given), file.toAbsolutePath());
  }

  /** Puts jars into its deploy directory. */
  public void deploy(List<Path> jars) throws IOException {
    for (Path jar : jars) {
      files.deploy(jar);
    }
  }

  /**
   * Returns the environment of the process.
   *
   * @param own the environment of this process
   */
  public Map<String, String> environment(Map<String, String> own) {
    Map<String, String> variables = new LinkedHashMap<>();
    own.forEach(
        (name, value) -> {
          if (VARIABLES.contains(name) || name.toLowerCase(Locale.ROOT).endsWith("_proxy")) {
            variables.put(name, value);
          }
        });
    variables.put("HOME", IsolatedFiles.place("home"));
    variables.put("BOOTSTRAP_VZ_STATE", IsolatedFiles.place("state"));
    variables.put("BOOTSTRAP_VZ_CACHE", IsolatedFiles.place("cache"));
    variables.put("BOOTSTRAP_VZ_LOG", IsolatedFiles.place("log"));
    variables.put("BOOTSTRAP_VZ_DEPLOY", IsolatedFiles.place("deploy"));
    return variables;
  }

  /**
   * Returns the command line that runs a command in the namespaces. It must be started by a thread
   * that lives as long as this process: when the thread ends, the kernel kills the build.
   *
   * @param environment its environment; the files it names are added to what it sees
   */
  public List<String> command(List<String> command, Map<String, String> environment)
      throws IOException {
    environment.forEach(
        (name, value) -> {
          if (CERTIFICATES.contains(name)) {
            view.readIfThere(Path.of(value));
          }
        });
    List<String> all = new ArrayList<>();
    group.ifPresent(each -> all.addAll(each.enter()));
    all.addAll(List.of("setsid", "prlimit", "--nproc=" + limits.maxProcesses()));
    all.addAll(List.of("sh", "-c", OPEN, "sh", namespace.path().toString(), filter()));
    all.addAll(
        List.of(
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--unshare-cgroup-try",
            "--hostname",
            "localhost",
            "--die-with-parent",
            "--seccomp",
            "9"));
    all.addAll(view.arguments());
    all.addAll(List.of("--chdir", "/", "--", "sh", "-c", ENTER, "sh"));
    all.addAll(command);
    return all;
  }

  private String filter() throws IOException {
    String processor = System.getProperty("os.arch");
    Optional<byte[]> program = SeccompFilter.of(processor);
    if (program.isEmpty()) {
      throw new IOException(
          "There is no filter of system calls for the processor "
              + processor
              + ". Set isolation = ROOT in org.bootstrapvz.appliance.queue.cfg");
    }
    return Files.write(files.host("seccomp"), program.get()).toString();
  }

  /** Whether its processes noted something that they did not release. */
  public boolean hasJournals() {
    return files.hasJournals();
  }

  /** Says which limit the build exceeded, if it was ended for that. */
  public Optional<String> excess() {
    return group.flatMap(ControlGroup::excess);
  }

  /**
   * Waits until all its processes have ended, of which the first has.
   *
   * @throws IOException if they do not
   */
  public void awaitEnd() throws IOException {
    if (group.isPresent()) {
      group.get().kill();
    }
    if (!range.awaitNoProcess(namespace.holder(), END_TIMEOUT)) {
      throw new IOException(
          "Processes of the build, with the ids "
              + range
              + ", did not end within "
              + END_TIMEOUT.toSeconds()
              + " s after they were killed");
    }
  }

  /** Moves the artefacts to the place at which the build saw them. All its processes have ended. */
  public void collect(List<Artefact> artefacts) throws IOException {
    for (Artefact artefact : artefacts) {
      if (artefact instanceof Artefact.Local local) {
        files.collect(local.path(), namespace);
      }
    }
  }

  /** Deletes its files. All its processes have ended. */
  public void delete() throws IOException {
    files.delete();
    whenEnded.accept(true);
  }

  /** Keeps its files for a later recovery. */
  public void keep() {
    whenEnded.accept(false);
  }

  /** Gives its ids back. */
  @Override
  public void close() throws IOException {
    namespace.close();
    try {
      if (group.isPresent()) {
        group.get().close();
      }
    } finally {
      range.close();
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.bootstrapvz.api.build.BuildEvent;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Creation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.task.Artefact;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.engine.internal.plan.TaskValues;

/** A build as one of its tasks sees it: only the values that the task declares. */
final class TaskBuild implements Build {
  /** From this size on it takes long enough to be worth a bar. */
  private static final long LARGE = 64 << 20;

  private final BuildRun run;
  private final PlannedTask task;
  private final TaskValues declared;

  TaskBuild(BuildRun run, PlannedTask task, TaskValues declared) {
    this.run = run;
    this.task = task;
    this.declared = declared;
  }

  @Override
  public String id() {
    return run.journal().id();
  }

  @Override
  public Manifest manifest() {
    return run.plan().manifest();
  }

  @Override
  public Path workspace() {
    return run.workspace().toAbsolutePath().normalize().resolve(id());
  }

  @Override
  public Machine machine() {
    return run.machine();
  }

  @Override
  public Sandbox sandbox() {
    return run.sandbox();
  }

  @Override
  public Root root() {
    return one(Root.class);
  }

  @Override
  public <T> T require(Class<T> type) {
    if (!declared.requires().contains(type.getName())) {
      throw undeclared("reads the value", "requires", type);
    }
    return one(type);
  }

  @Override
  public <T> List<T> all(Class<T> type) {
    if (!declared.collects().contains(type.getName())) {
      throw undeclared("reads the values", "collects", type);
    }
    return run.values(type);
  }

  @Override
  public <T> void provide(Class<T> type, T value) {
    if (!declared.provides().contains(type.getName())) {
      throw undeclared("provides a value", "provides", type);
    }
    run.provide(type, value);
  }

  private <T> T one(Class<T> type) {
    List<T> values = run.values(type);
    if (values.size() != 1) {
      throw new IllegalStateException(
          "Task "
              + task.name()
              + " needs one value of type "
              + type.getName()
              + ", but earlier tasks provided "
              + (values.isEmpty() ? "none" : values.size()));
    }
    return values.get(0);
  }

  private IllegalStateException undeclared(String does, String member, Class<?> type) {
    return new IllegalStateException(
        "Task "
            + task.name()
            + " "
            + does
            + " of type "
            + type.getName()
            + " without saying so; its @TaskDefinition has to declare "
            + member
            + " = "
            + type.getSimpleName()
            + ".class");
  }

  @Override
  public Resource acquire(ResourceSpec spec, Creation creation) throws BuildException {
    return run.resources().acquire(spec, creation);
  }

  @Override
  public Artefact deliver(Path path) throws BuildException {
    if (!path.isAbsolute()) {
      throw new IllegalArgumentException("An artefact needs an absolute path, not " + path);
    }
    try {
      Artefact artefact = measured(path);
      run.journal().delivered(path);
      run.delivered(artefact);
      return artefact;
    } catch (IOException e) {
      throw undeliverable(path, Explanation.of(e), e);
    }
  }

  private Artefact measured(Path path) throws BuildException, IOException {
    if (Files.isRegularFile(path)) {
      return new Artefact(path, Files.size(path), sizeOnDisk(path), sha256(path));
    }
    if (Files.isDirectory(path)) {
      return new Artefact(path, sizeOfTree(path, "--apparent-size"), sizeOfTree(path), "");
    }
    if (!Files.exists(path)) {
      throw undeliverable(path, "there is no such file, folder or device", null);
    }
    String kind = stat(path, "%F");
    if (!kind.equals("block special file")) {
      throw undeliverable(path, "it is a " + kind, null);
    }
    long size =
        Long.parseLong(run(Command.of("blockdev", "--getsize64", path.toString())).text().strip());
    return new Artefact(path, size, size, "");
  }

  private static BuildException undeliverable(Path path, String reason, IOException cause) {
    return new BuildException("The artefact " + path + " cannot be delivered: " + reason, cause);
  }

  private long sizeOnDisk(Path file) throws BuildException {
    String[] blocks = stat(file, "%b %B").split(" ");
    return Long.parseLong(blocks[0]) * Long.parseLong(blocks[1]);
  }

  private String stat(Path path, String format) throws BuildException {
    return run(Command.of("stat", "--dereference", "--format=" + format, "--", path.toString()))
        .text();
  }

  private long sizeOfTree(Path folder, String... options) throws BuildException {
    String answer =
        run(Command.of("du", "--summarize", "--dereference-args", "--block-size=1")
                .with(options)
                .with("--", folder.toString()))
            .text();
    return Long.parseLong(answer.substring(0, answer.indexOf('\t')));
  }

  private String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
    long size = Files.size(file);
    long done = 0;
    int shown = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream content = Files.newInputStream(file)) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        digest.update(buffer, 0, read);
        done += read;
        if (size >= LARGE && done * 100 / size > shown) {
          shown = (int) (done * 100 / size);
          progress(shown / 100.0, "computing the checksum");
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void progress(double fraction, String detail) {
    run.events().emit(new BuildEvent.TaskProgress(task, fraction, detail));
  }

  @Override
  public void log(String line) {
    run.events().log(line);
  }

  @Override
  public void warn(String message) {
    run.events().warn(message);
  }
}

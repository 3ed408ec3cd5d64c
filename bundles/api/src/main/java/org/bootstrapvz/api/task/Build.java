/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.host.Command;
import org.bootstrapvz.api.host.CommandResult;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.host.Root;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.Creation;
import org.bootstrapvz.api.resource.NamedCreation;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.value.Secret;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One run, as its tasks see it. Handed to {@link org.bootstrapvz.api.task.Task#run} and used only
 * by the thread that runs the task, until it returns.
 */
@ProviderType
public interface Build {

  /**
   * The id of the build, 8 hexadecimal digits, unique on this machine among the builds not yet
   * given back.
   */
  String id();

  /** The manifest that is built. */
  Manifest manifest();

  /**
   * The folder of this build: {@code bootstrapper.workspace}, which starts at the current folder if
   * it is relative, or the folder that the request names instead, and the id. Absolute, on the
   * host's disk, the same path inside and outside of the sandbox. It exists once the workspace was
   * made and goes with the build.
   */
  Path workspace();

  /** The machine the build runs on. */
  Machine machine();

  /** The sandbox of this build. */
  Sandbox sandbox();

  /**
   * Runs a command of the host in the sandbox; short for {@code sandbox().run(command)}.
   *
   * @throws BuildException as {@link Sandbox#run}
   */
  default CommandResult run(Command command) throws BuildException {
    return sandbox().run(command);
  }

  /**
   * The root of the image: the {@link Root} that a task of the phase volume mounting provided. Need
   * not be declared.
   *
   * @throws IllegalStateException if there is none yet
   */
  Root root();

  /**
   * The one value of a type that earlier tasks provided.
   *
   * @throws IllegalStateException if the running task does not declare {@code requires}, or if
   *     there is not exactly one
   */
  <T> T require(Class<T> type);

  /**
   * All values of a type that earlier tasks provided, in the order in which they came.
   *
   * @throws IllegalStateException if the running task declares neither {@code collects} nor {@code
   *     requires}
   */
  <T> List<T> all(Class<T> type);

  /**
   * Hands a value to later tasks. It should be immutable.
   *
   * @throws IllegalStateException if the running task does not declare {@code provides}
   */
  <T> void provide(Class<T> type, T value);

  /**
   * Acquires a resource: writes its specification to the journal, then creates it. Resources are
   * released in reverse order of acquisition when the build ends, also when it fails or is
   * cancelled, and when {@code creation} throws. After a crash, a later build or start releases
   * them.
   *
   * @throws BuildException if the journal could not be written, or thrown by {@code creation}
   */
  default Resource acquire(ResourceSpec spec, Creation creation) throws BuildException {
    return acquire(spec, nonce -> creation.create());
  }

  /**
   * Acquires a resource as {@link #acquire(ResourceSpec, Creation)} does, and passes the nonce that
   * is in the journal to {@code creation}.
   *
   * @throws BuildException if the journal could not be written, or thrown by {@code creation}
   */
  Resource acquire(ResourceSpec spec, NamedCreation creation) throws BuildException;

  /**
   * Delivers an artefact that is complete and in its final place: a file, recorded with size and
   * SHA-256, or a directory or a block device, recorded with its size. A file or directory inside
   * an acquired resource is kept when that resource is released.
   *
   * @param path absolute path on the host
   * @throws BuildException if it cannot be read
   */
  Artefact.Local deliver(Path path) throws BuildException;

  /**
   * Delivers an artefact that is not on this machine, and keeps the resources that it consists of:
   * they are no longer released. Both are one record of the journal. After a crash, recovery either
   * releases the resources or keeps them and reports the artefact.
   *
   * @param kept the resources of this build that the artefact consists of
   * @throws BuildException if the journal could not be written; the resources are still released
   * @throws IllegalArgumentException if one of the resources is not held by this build
   */
  Artefact.Remote deliver(Artefact.Remote artefact, Resource... kept) throws BuildException;

  /**
   * Declares a secret that is not in the manifest, such as a token or a signed address. From now on
   * it is masked in the log, in the journal, and in the messages, events and results of this build.
   */
  void mask(Secret secret);

  /**
   * Tells how far the running task is.
   *
   * @param fraction from 0 to 1, or negative if unknown
   * @param detail what is being done, in a few words
   */
  void progress(double fraction, String detail);

  /** Writes a line to the build's log. */
  void log(String line);

  /** Warns the person who started the build. */
  void warn(String message);
}

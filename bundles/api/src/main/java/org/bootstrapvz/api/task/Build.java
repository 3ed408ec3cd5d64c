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
 * The view of a build for its tasks. Passed to {@link Task#run} and used only by the thread that
 * runs the task, until that returns.
 */
@ProviderType
public interface Build {

  /**
   * Returns the id of the build, 8 hexadecimal digits, unique on this machine among the builds that
   * have resources to release. Use {@link Resource#nonce} for globally unique names.
   */
  String id();

  /**
   * Returns the manifest of the build. If an earlier task provided a {@link
   * org.bootstrapvz.api.manifest.Release}, it is the manifest's release.
   */
  Manifest manifest();

  /**
   * Returns the directory of this build: {@code bootstrapper.workspace}, relative to the current
   * directory, or the directory that the request names instead, and the id. An absolute path on the
   * disk of the host, the same inside and outside of the sandbox. It is created by a task and
   * deleted when the build ends.
   */
  Path workspace();

  /** Returns the machine that the build runs on. */
  Machine machine();

  /** Returns the sandbox of this build. */
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
   * Returns the root of the image: the {@link Root} that a task of the phase volume mounting
   * provided. It need not be declared.
   *
   * @throws IllegalStateException if there is none yet
   */
  Root root();

  /**
   * Returns the only value of a type that an earlier task provided.
   *
   * @throws IllegalStateException if the running task does not declare {@code requires}, or if
   *     there is not exactly one
   */
  <T> T require(Class<T> type);

  /**
   * Returns all values of a type that earlier tasks provided, in the order in which they were
   * provided.
   *
   * @throws IllegalStateException if the running task declares none of {@code requires}, {@code
   *     collects} and {@code collectsAtLeastOne}
   */
  <T> List<T> all(Class<T> type);

  /**
   * Passes a value to later tasks. It should be immutable.
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
   * Reports the progress of the running task.
   *
   * @param fraction from 0 to 1, or negative if unknown
   * @param detail what is being done, in a few words
   */
  void progress(double fraction, String detail);

  /** Writes a line to the log of the build. */
  void log(String line);

  /** Warns the user who started the build. */
  void warn(String message);
}

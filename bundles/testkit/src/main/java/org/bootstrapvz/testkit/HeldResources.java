/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bootstrapvz.api.host.Sandbox;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.api.resource.NamedCreation;
import org.bootstrapvz.api.resource.ReleaseContext;
import org.bootstrapvz.api.resource.Resource;
import org.bootstrapvz.api.resource.ResourceSpec;
import org.bootstrapvz.api.resource.ResourceType;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.value.Secret;

/** The resources that the tasks of a build acquired and did not release. */
final class HeldResources {
  private final Build build;
  private final Effects effects;
  private final Map<String, ResourceType> types = new HashMap<>();
  private final List<Held> held = new ArrayList<>();
  private final List<ResourceSpec> acquired = new ArrayList<>();

  /** Creates an empty list for a build, which must not be used before its constructor ends. */
  HeldResources(Build build, Effects effects) {
    this.build = build;
    this.effects = effects;
  }

  /** Releases resources of a type with this. */
  void releaseWith(String type, ResourceType releasing) {
    types.put(type, releasing);
  }

  List<ResourceSpec> held() {
    return held.stream().map(Held::spec).toList();
  }

  List<ResourceSpec> acquired() {
    return List.copyOf(acquired);
  }

  /** A resource fails after it was created: at this point, the most has to be released. */
  Resource acquire(ResourceSpec spec, NamedCreation creation) throws BuildException {
    if (!types.containsKey(spec.type())) {
      throw new IllegalStateException("The test has no ResourceType for " + spec.type());
    }
    Held resource = new Held(spec, String.format("%032x", acquired.size() + 1));
    held.add(resource);
    acquired.add(spec);
    try {
      creation.create(resource.nonce());
      effects.add(spec.description());
    } catch (IOException e) {
      throw new BuildException(String.valueOf(e.getMessage()), e);
    }
    return resource;
  }

  /** Leaves resources to an artefact. */
  void keep(List<Resource> kept) {
    if (!held.containsAll(kept)) {
      throw new IllegalArgumentException("A resource is kept that the build does not hold");
    }
    held.removeAll(kept);
  }

  /**
   * Releases all resources in reverse order.
   *
   * @throws BuildException naming all that could not be released; they are still held
   */
  void releaseAll() throws BuildException {
    List<String> problems = new ArrayList<>();
    for (int i = held.size() - 1; i >= 0; i--) {
      Held resource = held.get(i);
      try {
        resource.release();
      } catch (BuildException e) {
        problems.add(resource.spec().description() + ": " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new BuildException("Not released: " + String.join("; ", problems));
    }
  }

  private final class Held implements Resource {
    private final ResourceSpec spec;
    private final String nonce;

    private Held(ResourceSpec spec, String nonce) {
      this.spec = spec;
      this.nonce = nonce;
    }

    @Override
    public String nonce() {
      return nonce;
    }

    @Override
    public ResourceSpec spec() {
      return spec;
    }

    @Override
    public void release() throws BuildException {
      if (!held.contains(this)) {
        return;
      }
      try {
        Objects.requireNonNull(types.get(spec.type())).release(spec, new Context(nonce));
      } catch (IOException e) {
        throw new BuildException(String.valueOf(e.getMessage()), e);
      }
      held.remove(this);
    }
  }

  private final class Context implements ReleaseContext {
    private final String nonce;

    private Context(String nonce) {
      this.nonce = nonce;
    }

    @Override
    public String nonce() {
      return nonce;
    }

    @Override
    public void mask(Secret secret) {
      build.mask(secret);
    }

    @Override
    public Optional<Sandbox> sandbox() {
      return Optional.of(build.sandbox());
    }

    @Override
    public void log(String line) {
      build.log(line);
    }
  }
}

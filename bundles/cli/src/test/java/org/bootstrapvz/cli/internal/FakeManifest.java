/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.build.Secret;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;

/** A manifest of which only the file is known; the command line asks for no more. */
public record FakeManifest(Path file) implements Manifest {
  @Override
  public Path resolve(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ManifestValue root() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ManifestValue at(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String name() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Release release() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String architecture() {
    throw new UnsupportedOperationException();
  }

  @Override
  public String expand(String text, Map<String, String> more) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Secret> secrets() {
    return List.of();
  }
}

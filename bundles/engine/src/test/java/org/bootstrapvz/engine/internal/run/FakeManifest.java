/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bootstrapvz.api.build.Secret;
import org.bootstrapvz.api.manifest.Manifest;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.size.Bytes;

/** A manifest that has a workspace and secrets. */
record FakeManifest(Path folder, List<Secret> secrets) implements Manifest {
  @Override
  public Path file() {
    return folder.resolve("image.yml");
  }

  @Override
  public Path resolve(String path) {
    return folder.resolve(path);
  }

  @Override
  public ManifestValue root() {
    return new Text("", "");
  }

  @Override
  public ManifestValue at(String path) {
    return new Text(path, path.equals("bootstrapper.workspace") ? "target" : "");
  }

  @Override
  public String name() {
    return "image";
  }

  @Override
  public Release release() {
    return new Release(
        "trixie", "trixie", 13, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  @Override
  public String architecture() {
    return "amd64";
  }

  @Override
  public String expand(String text, Map<String, String> more) {
    return text;
  }

  private record Text(String path, String text) implements ManifestValue {
    @Override
    public boolean exists() {
      return !text.isEmpty();
    }

    @Override
    public Location location() {
      return Location.of(Path.of("image.yml"));
    }

    @Override
    public Location keyLocation() {
      return location();
    }

    @Override
    public ManifestValue get(String key) {
      return new Text(path + "." + key, "");
    }

    @Override
    public Map<String, ManifestValue> entries() {
      return Map.of();
    }

    @Override
    public List<ManifestValue> items() {
      return List.of();
    }

    @Override
    public boolean isScalar() {
      return exists();
    }

    @Override
    public boolean isMap() {
      return false;
    }

    @Override
    public boolean isList() {
      return false;
    }

    @Override
    public int integer() {
      return Integer.parseInt(text);
    }

    @Override
    public boolean isTrue() {
      return Boolean.parseBoolean(text);
    }

    @Override
    public Bytes size() {
      throw new IllegalStateException(path + " is no size");
    }

    @Override
    public Object data() {
      return text;
    }
  }
}

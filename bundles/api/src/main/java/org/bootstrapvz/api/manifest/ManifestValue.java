/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.manifest;

import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.problem.Located;
import org.bootstrapvz.api.problem.Location;
import org.bootstrapvz.api.value.Bytes;
import org.bootstrapvz.api.value.Secret;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A value of a manifest and the place where it stands. An absent value is one too, so that paths
 * can be followed without asking at every step. Immutable.
 *
 * <p>The methods that read a value throw {@link IllegalStateException} if it is absent or of
 * another kind: after the schema has been checked that is a mistake of the program.
 */
@ProviderType
public interface ManifestValue extends Located {
  /** Whether there is a value; a YAML null is none. */
  boolean exists();

  /**
   * The path from the root: {@code volume.partitions.root.size}, {@code packages.install.0}; empty
   * for the root.
   */
  @Override
  String path();

  /** Where it stands; of an absent value where the nearest one around it stands. */
  @Override
  Location location();

  /** Where its key stands; of a list's item or the root where the value stands. */
  Location keyLocation();

  /** The value of a key of a map; absent if this is absent, no map, or has no such key. */
  ManifestValue get(String key);

  /** The entries of a map, in the order of the file; empty if absent. */
  Map<String, ManifestValue> entries();

  /** The items of a list; empty if absent. */
  List<ManifestValue> items();

  /** The items of a list as texts; empty if absent. */
  default List<String> texts() {
    return items().stream().map(ManifestValue::text).toList();
  }

  /** Whether this is a scalar: text, number or boolean. */
  boolean isScalar();

  /** Whether this is a map. */
  boolean isMap();

  /** Whether this is a list. */
  boolean isList();

  /** A scalar as text, numbers and booleans as they are written. */
  String text();

  /** A scalar as text, or this if absent. */
  default String text(String absent) {
    return exists() ? text() : absent;
  }

  /** A text that must not be shown. */
  default Secret secret() {
    return Secret.of(text());
  }

  /** A whole number. */
  int integer();

  /** A boolean. */
  boolean isTrue();

  /** A boolean, or this if absent. */
  default boolean isTrue(boolean absent) {
    return exists() ? isTrue() : absent;
  }

  /** A size such as {@code 2GiB}. */
  Bytes size();

  /** The value as plain Java data: String, Long, Double, Boolean, List, Map, or null if absent. */
  @Nullable Object data();
}

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
 * A value of a manifest and its location. An absent value is a value as well, so that paths can be
 * followed without a check at every step. Immutable.
 *
 * <p>The methods that read a value throw {@link IllegalStateException} if it is absent or of
 * another kind: after the schema check, that is a bug.
 */
@ProviderType
public interface ManifestValue extends Located {
  /** Returns whether there is a value; a YAML null is not a value. */
  boolean exists();

  /**
   * Returns the path from the root: {@code volume.partitions.root.size}, {@code
   * packages.install.0}; empty for the root.
   */
  @Override
  String path();

  /** Returns its location; of an absent value, the location of the nearest enclosing value. */
  @Override
  Location location();

  /** Returns the location of its key; of an item of a list or the root, that of the value. */
  Location keyLocation();

  /** Returns the value of a key; an absent value if this is not a map or has no such key. */
  ManifestValue get(String key);

  /** Returns the entries of a map, in the order of the file; none if absent. */
  Map<String, ManifestValue> entries();

  /** Returns the items of a list; none if absent. */
  List<ManifestValue> items();

  /** Returns the items of a list as texts; none if absent. */
  default List<String> texts() {
    return items().stream().map(ManifestValue::text).toList();
  }

  /** Returns whether this is a scalar: a text, number or boolean. */
  boolean isScalar();

  /** Returns whether this is a map. */
  boolean isMap();

  /** Returns whether this is a list. */
  boolean isList();

  /** Returns a scalar as text, numbers and booleans as they are written. */
  String text();

  /** Returns a scalar as text, or the argument if absent. */
  default String text(String absent) {
    return exists() ? text() : absent;
  }

  /** Returns a text that must not be shown. */
  default Secret secret() {
    return Secret.of(text());
  }

  /** Returns a whole number. */
  int integer();

  /** Returns a boolean. */
  boolean isTrue();

  /** Returns a boolean, or the argument if absent. */
  default boolean isTrue(boolean absent) {
    return exists() ? isTrue() : absent;
  }

  /** Returns a size such as {@code 2GiB}. */
  Bytes size();

  /**
   * Returns the value as plain Java data: String, Long, Double, Boolean, List, Map, or null if
   * absent.
   */
  @Nullable Object data();
}

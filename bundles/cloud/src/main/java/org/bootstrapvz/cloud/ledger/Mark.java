/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tags of what a build creates in a cloud. Only what bears them is ever deleted by
 * bootstrap-vz.
 *
 * @param nonce the name of the resource in the journal of its build
 * @param host the machine of the build
 * @param manifest the name of the image
 * @param state whether the resource is in its final state
 */
public record Mark(String nonce, String host, String manifest, State state) {
  /** The tag with the nonce. Clouds differ in what a name may contain; all accept this one. */
  public static final String BUILD = "bootstrap-vz-build";

  /** The tag with the machine of the build. */
  public static final String HOST = "bootstrap-vz-host";

  /** The tag with the name of the image. */
  public static final String MANIFEST = "bootstrap-vz-manifest";

  /** The tag with the state. */
  public static final String STATE = "bootstrap-vz-state";

  /** Whether the build still works on a resource. */
  public enum State {
    /** It is not complete. */
    BUILDING("building"),
    /** It is the result of a build. */
    DONE("done");

    private final String text;

    State(String text) {
      this.text = text;
    }

    /** Returns the value of the tag. */
    public String text() {
      return text;
    }
  }

  /**
   * Reads the mark of a resource.
   *
   * @param tag returns the value of a tag; empty or null if there is none
   */
  public static Mark of(Function<String, @Nullable String> tag) {
    return new Mark(
        value(tag, BUILD),
        value(tag, HOST),
        value(tag, MANIFEST),
        value(tag, STATE).equals(State.DONE.text()) ? State.DONE : State.BUILDING);
  }

  private static String value(Function<String, @Nullable String> tag, String name) {
    return Objects.requireNonNullElse(tag.apply(name), "");
  }

  /** Returns the tags with their values. */
  public Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    tags.put(BUILD, nonce);
    tags.put(HOST, host);
    tags.put(MANIFEST, manifest);
    tags.put(STATE, state.text());
    return Collections.unmodifiableMap(tags);
  }
}

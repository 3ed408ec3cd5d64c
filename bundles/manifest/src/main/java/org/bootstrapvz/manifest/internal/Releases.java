/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.problem.Suggestion;

/** The releases of Debian by code name and by the current aliases, from {@code releases.csv}. */
public final class Releases {
  /** The major version of wheezy, the oldest release that can be built. */
  static final int OLDEST = 7;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*([.-][a-z0-9]+)*");

  private static final int MAX_NAME = 100;

  private final List<Release> known = new ArrayList<>();

  /** Reads the table. */
  public Releases() {
    try (InputStream table = Releases.class.getResourceAsStream("releases.csv")) {
      String text = new String(table.readAllBytes(), StandardCharsets.UTF_8);
      text.lines().filter(line -> !line.startsWith("#")).forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(String line) {
    String[] cells = line.split(",", -1);
    String codename = cells[0];
    int version = codename.equals("sid") ? Release.SID : Integer.parseInt(cells[1]);
    Optional<String> security = optional(cells[3]);
    Optional<String> updates = optional(cells[4]);
    Optional<LocalDate> endOfLife = optional(cells[5]).map(Releases::date);
    boolean archived = cells[6].equals("yes");
    known.add(new Release(codename, codename, version, security, updates, endOfLife, archived));
    optional(cells[2])
        .ifPresent(
            alias ->
                known.add(
                    new Release(alias, codename, version, security, updates, endOfLife, archived)));
  }

  /** A date such as 2024-06-30; the JDK's parser takes longer to load than the whole table. */
  private static LocalDate date(String text) {
    String[] parts = text.split("-");
    return LocalDate.of(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }

  private static Optional<String> optional(String cell) {
    return Optional.of(cell).filter(text -> !text.isEmpty());
  }

  /** The release of a code name or alias. */
  public Optional<Release> find(String name) {
    return known.stream().filter(release -> release.name().equals(name)).findFirst();
  }

  /**
   * The release that a manifest names. A name that is not in the table is {@linkplain
   * Release#unknown unknown}; it is empty if the name can be none of a release.
   */
  public Optional<Release> named(String name) {
    Optional<Release> known = find(name);
    boolean possible =
        name.length() <= MAX_NAME && NAME.matcher(name).matches() && misspelt(name).isEmpty();
    return known.isEmpty() && possible ? Optional.of(Release.unknown(name)) : known;
  }

  /**
   * The known name that a user probably meant. Names with a prefix, such as {@code
   * oldoldoldstable}, are other names.
   */
  Optional<String> misspelt(String name) {
    return Suggestion.nearest(name, names())
        .filter(nearest -> Math.abs(nearest.length() - name.length()) < 2);
  }

  /** The names of the releases that can be built. */
  List<String> names() {
    return known.stream().filter(release -> release.atLeast(OLDEST)).map(Release::name).toList();
  }

  /** All code names and aliases, oldest first. */
  public List<Release> all() {
    return List.copyOf(known);
  }
}

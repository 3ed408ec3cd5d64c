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
import org.bootstrapvz.api.manifest.Release;

/** The releases of Debian by code name and by the current aliases, from {@code releases.csv}. */
public final class Releases {
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

  /** All code names and aliases, oldest first. */
  public List<Release> all() {
    return List.copyOf(known);
  }
}

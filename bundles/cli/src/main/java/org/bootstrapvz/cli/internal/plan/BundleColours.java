/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.document.PlanDocument;

/** The colours of the bundles that tasks come from. */
final class BundleColours {
  private static final String OWN = "org.bootstrapvz.";

  /** Fill and outline of boxes. */
  record Colour(String fill, String line) {
    String attributes() {
      return " fill=\"" + fill + "\" stroke=\"" + line + "\"";
    }
  }

  private static final Colour COMMON = new Colour("#eef3f8", "#93a8bd");
  private static final Colour PROVIDER = new Colour("#fdf1dc", "#d9a441");
  private static final List<Colour> OTHERS =
      List.of(
          new Colour("#e5f5e9", "#6fb583"),
          new Colour("#f1eafb", "#a487d0"),
          new Colour("#fde9ec", "#dd8291"),
          new Colour("#e0f4f5", "#5cb0b6"),
          new Colour("#fbeaf6", "#cb82b8"),
          new Colour("#f4f3da", "#b3ae4f"),
          new Colour("#fcebe0", "#dd9468"),
          new Colour("#e8ecfb", "#8496d6"));

  private final Map<String, Colour> colours = new LinkedHashMap<>();

  /** Chooses a colour for each bundle of a plan. */
  BundleColours(PlanDocument plan) {
    int others = 0;
    for (PlannedTask task : plan.tasks()) {
      String bundle = task.bundle();
      if (colours.containsKey(bundle)) {
        continue;
      }
      if (bundle.equals(OWN + "common")) {
        colours.put(bundle, COMMON);
      } else if (bundle.equals(OWN + "provider." + plan.provider())) {
        colours.put(bundle, PROVIDER);
      } else {
        colours.put(bundle, OTHERS.get(others++ % OTHERS.size()));
      }
    }
  }

  /** The bundles with their colours, in the order in which their tasks appear. */
  Map<String, Colour> all() {
    return colours;
  }

  /** The colour of a bundle of the plan. */
  Colour of(String bundle) {
    return Objects.requireNonNull(colours.get(bundle), "The plan has no task of the bundle");
  }

  /** Who a bundle belongs to, for people; bundles of others are known by their symbolic name. */
  static String owner(String bundle) {
    return bundle.startsWith(OWN) ? bundle.substring(OWN.length()).replace('.', ' ') : bundle;
  }
}

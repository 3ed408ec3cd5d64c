/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.internal.plan.BandLayout.Position;

/**
 * A plan as a picture: phases as bands from top to bottom, tasks as boxes in the colour of the
 * bundle they come from, relations as arrows from left to right. A box shows its place in the task
 * list; what does not fit stands in its tooltip.
 */
public final class SvgPlan {
  private static final String OWN = "org.bootstrapvz.";
  private static final int MARGIN = 32;
  private static final int RAIL = 166;
  private static final int BOX_WIDTH = 212;
  private static final int BOX_HEIGHT = 62;
  private static final int COLUMN = BOX_WIDTH + 40;
  private static final int ROW = BOX_HEIGHT + 14;
  private static final int PADDING = 12;
  private static final int BAND_GAP = 10;
  private static final int HEADER = 128;
  private static final int USUAL_COLUMNS = 6;
  private static final int TEXT_ROOM = BOX_WIDTH - 22;
  private static final double PHASE_SIZE = 13;
  private static final double NAME_SIZE = 12;
  private static final double LONG_NAME_SIZE = 10;

  /** How much wider bold letters are. */
  private static final double BOLD = 1.1;

  private static final String STYLE =
      """
      text { font-family: "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; \
      fill: #1f2933; }
      .title { font-size: 24px; font-weight: 700; }
      .facts { font-size: 13px; fill: #52606d; }
      .legend { font-size: 12px; fill: #323f4b; }
      .band { fill: #ffffff; stroke: #e1e6ec; }
      .rail { stroke: #c3ccd6; stroke-width: 2; }
      .stop { fill: #ffffff; stroke: #7b8794; stroke-width: 2; }
      .stopnumber { font-size: 11px; font-weight: 700; fill: #52606d; text-anchor: middle; }
      .phase { font-size: 13px; font-weight: 700; }
      .count { font-size: 11px; fill: #7b8794; }
      .module { font-size: 9.5px; fill: #66727f; }
      .number { font-size: 9.5px; fill: #66727f; text-anchor: end; }
      .name { font-size: 12px; font-weight: 700; }
      .long { font-size: 10px; }
      .what { font-size: 10px; fill: #3e4c59; }
      .edge { fill: none; stroke: #8794a3; stroke-width: 1.4; marker-end: url(#head); }
      .edge:hover { stroke: #1f2933; stroke-width: 2.2; }
      #head path { fill: #8794a3; }
      """;

  /** Fill and outline of boxes. */
  private record Colour(String fill, String line) {
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

  /**
   * A phase with its tasks.
   *
   * @param first place of the first task in the task list, counted from 0
   * @param edges pairs of places within {@code tasks}, with the reason
   */
  private record Band(
      Phase phase,
      int first,
      List<PlannedTask> tasks,
      Map<List<Integer>, String> edges,
      BandLayout layout) {
    int height() {
      return layout.rows() * ROW - (ROW - BOX_HEIGHT) + 2 * PADDING;
    }
  }

  private final Plan plan;
  private final Map<String, Colour> colours = new LinkedHashMap<>();
  private final List<Band> bands = new ArrayList<>();
  private final int bandWidth;
  private final StringBuilder svg = new StringBuilder();

  private SvgPlan(Plan plan) {
    this.plan = plan;
    chooseColours();
    findBands();
    int columns = USUAL_COLUMNS;
    for (Band band : bands) {
      columns = Math.max(columns, band.layout().columns());
    }
    for (Band band : bands) {
      band.layout().place(columns);
    }
    bandWidth = RAIL + columns * COLUMN - (COLUMN - BOX_WIDTH) + PADDING + 4;
  }

  /** The plan as an SVG document. */
  public static String of(Plan plan) {
    return new SvgPlan(plan).draw();
  }

  private void chooseColours() {
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

  private void findBands() {
    int first = 0;
    while (first < plan.tasks().size()) {
      Phase phase = plan.tasks().get(first).phase();
      Map<String, Integer> places = new LinkedHashMap<>();
      int end = first;
      while (end < plan.tasks().size() && plan.tasks().get(end).phase() == phase) {
        places.put(plan.tasks().get(end).id(), end - first);
        end++;
      }
      Map<List<Integer>, String> edges = new LinkedHashMap<>();
      for (Relation relation : plan.relations()) {
        Integer before = places.get(relation.before());
        Integer after = places.get(relation.after());
        if (before != null && after != null) {
          edges.put(List.of(before, after), relation.reason());
        }
      }
      BandLayout layout = new BandLayout(end - first, List.copyOf(edges.keySet()));
      bands.add(new Band(phase, first, plan.tasks().subList(first, end), edges, layout));
      first = end;
    }
  }

  private String draw() {
    int height = HEADER + MARGIN - BAND_GAP;
    for (Band band : bands) {
      height += band.height() + BAND_GAP;
    }
    int width = 2 * MARGIN + bandWidth;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"")
        .append(height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n<title>")
        .append(escape(title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\"")
        .append(" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\"")
        .append(" orient=\"auto\"><path d=\"M0 0.5 L8 4 L0 7.5 Z\"/></marker></defs>\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#f5f7fa\"/>\n");
    drawHeader();
    int top = HEADER;
    for (int i = 0; i < bands.size(); i++) {
      drawBand(bands.get(i), i, top);
      top += bands.get(i).height() + BAND_GAP;
    }
    return svg.append("</svg>\n").toString();
  }

  private String title() {
    return plan.file().getFileName().toString();
  }

  private void drawHeader() {
    text("title", MARGIN, 52, title());
    List<String> facts = new ArrayList<>();
    facts.add("provider " + plan.provider());
    if (!plan.plugins().isEmpty()) {
      facts.add(
          (plan.plugins().size() == 1 ? "plugin " : "plugins ")
              + String.join(", ", plan.plugins()));
    }
    facts.add(counted(plan.tasks().size(), "task"));
    facts.add(counted(bands.size(), "phase"));
    facts.add(counted(plan.relations().size(), "relation"));
    text("facts", MARGIN, 76, String.join("  \u00b7  ", facts));
    double right = MARGIN;
    for (Map.Entry<String, Colour> entry : colours.entrySet()) {
      Colour colour = entry.getValue();
      svg.append("<rect x=\"" + decimal(right) + "\" y=\"94\" width=\"16\" height=\"16\" rx=\"4\"")
          .append(colour.attributes())
          .append("/>\n");
      String owner = owner(entry.getKey());
      text("legend", right + 23, 106.5, owner);
      right += 23 + TextFit.width(owner, 12) + 14;
    }
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Who a bundle belongs to, for people; bundles of others are known by their symbolic name. */
  private static String owner(String bundle) {
    return bundle.startsWith(OWN) ? bundle.substring(OWN.length()).replace('.', ' ') : bundle;
  }

  private void drawBand(Band band, int index, int top) {
    int height = band.height();
    svg.append("<g>\n<rect class=\"band\" x=\"" + MARGIN + "\" y=\"" + top + "\" width=\"")
        .append(bandWidth + "\" height=\"" + height + "\" rx=\"12\"/>\n");
    int x = MARGIN + 28;
    int middle = top + PADDING + BOX_HEIGHT / 2;
    if (bands.size() > 1) {
      int from = index == 0 ? middle : top - BAND_GAP;
      int to = index == bands.size() - 1 ? middle : top + height;
      svg.append("<path class=\"rail\" d=\"M" + x + " " + from + " V" + to + "\"/>\n");
    }
    svg.append("<circle class=\"stop\" cx=\"" + x + "\" cy=\"" + middle + "\" r=\"13\"/>\n");
    text("stopnumber", x, middle + 4, String.valueOf(index + 1));
    List<String> title =
        TextFit.wrap(band.phase().title(), BOLD * PHASE_SIZE, RAIL - x + MARGIN - 32, 2);
    double line = middle - 6 - 4 * (title.size() - 1) + 4;
    for (String words : title) {
      text("phase", x + 24, line, words);
      line += 15;
    }
    text("count", x + 24, line, counted(band.tasks().size(), "task"));
    int content = top + PADDING;
    band.edges().forEach((edge, reason) -> drawEdge(band.layout(), edge, reason, content));
    for (int i = 0; i < band.tasks().size(); i++) {
      Position position = band.layout().tasks().get(i);
      drawTask(band.tasks().get(i), band.first() + i + 1, left(position), y(position, content));
    }
    svg.append("</g>\n");
  }

  /** The left side of the box in a column. */
  private static double left(Position position) {
    return MARGIN + RAIL + (position.column() - 0.5) * COLUMN;
  }

  /** The height at which a row's middle lies. */
  private static double y(Position position, int content) {
    return content + BOX_HEIGHT / 2.0 + (position.row() - 0.5) * ROW;
  }

  private void drawEdge(BandLayout layout, List<Integer> edge, String reason, int content) {
    Position from = layout.tasks().get(edge.get(0));
    double x = left(from) + BOX_WIDTH;
    double y = y(from, content);
    svg.append("<path class=\"edge\" d=\"M" + decimal(x) + " " + decimal(y));
    for (Position bend : layout.ways().get(edge)) {
      curve(x, y, left(bend), y(bend, content));
      x = left(bend) + BOX_WIDTH;
      y = y(bend, content);
      svg.append(" H" + decimal(x));
    }
    Position to = layout.tasks().get(edge.get(1));
    curve(x, y, left(to) - 1, y(to, content));
    svg.append("\"><title>" + escape(reason) + "</title></path>\n");
  }

  private void curve(double fromX, double fromY, double toX, double toY) {
    double bow = (toX - fromX) / 2;
    svg.append(" C" + decimal(fromX + bow) + " " + decimal(fromY))
        .append(" " + decimal(toX - bow) + " " + decimal(toY))
        .append(" " + decimal(toX) + " " + decimal(toY));
  }

  private void drawTask(PlannedTask task, int number, double left, double middle) {
    double top = middle - BOX_HEIGHT / 2.0;
    Colour colour = colours.get(task.bundle());
    svg.append("<g>\n<title>")
        .append(escape(number + ". " + task.id() + "\n" + task.description()))
        .append(escape("\nfrom " + task.bundle() + " " + task.version()))
        .append(escape("\nrequested by " + String.join(", ", task.requestedBy())))
        .append("</title>\n<rect class=\"task\" x=\"" + decimal(left) + "\" y=\"" + decimal(top))
        .append("\" width=\"" + BOX_WIDTH + "\" height=\"" + BOX_HEIGHT + "\" rx=\"8\"")
        .append(colour.attributes())
        .append("/>\n");
    int dot = task.name().lastIndexOf('.');
    String module = dot > 0 ? task.name().substring(0, dot) : owner(task.bundle());
    String name = task.name().substring(dot + 1);
    boolean isLong = TextFit.width(name, BOLD * NAME_SIZE) > TEXT_ROOM;
    double x = left + 11;
    text("module", x, top + 15, TextFit.cut(module, 9.5, TEXT_ROOM - 24));
    text("number", left + BOX_WIDTH - 9, top + 15, String.valueOf(number));
    text(
        isLong ? "name long" : "name",
        x,
        top + 29,
        TextFit.cut(name, BOLD * (isLong ? LONG_NAME_SIZE : NAME_SIZE), TEXT_ROOM));
    double line = top + 43;
    for (String words : TextFit.wrap(task.description(), 10, TEXT_ROOM, 2)) {
      text("what", x, line, words);
      line += 12;
    }
    svg.append("</g>\n");
  }

  private void text(String kind, double x, double y, String text) {
    if (!text.isEmpty()) {
      svg.append("<text class=\"" + kind + "\" x=\"" + decimal(x) + "\" y=\"" + decimal(y))
          .append("\">" + escape(text) + "</text>\n");
    }
  }

  private static String decimal(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }

  /** XML 1.0 has no way to write most control characters, so they go. */
  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                  boolean allowed = c >= ' ' && c != 0xfffe && c != 0xffff || c == '\n';
                  boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                  escaped.appendCodePoint(allowed && !half ? c : '?');
                }
              }
            });
    return escaped.toString();
  }
}

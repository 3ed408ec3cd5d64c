/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.document.PlanDocument;
import org.bootstrapvz.document.drawing.PlanDrawing;
import org.bootstrapvz.document.drawing.PlanDrawing.Arrow;
import org.bootstrapvz.document.drawing.PlanDrawing.Band;
import org.bootstrapvz.document.drawing.PlanDrawing.Box;
import org.bootstrapvz.document.drawing.PlanDrawing.Point;

/**
 * A plan as a picture: phases as bands from top to bottom, tasks as boxes in the colour of the
 * bundle they come from, relations as arrows from left to right, placed by {@link PlanDrawing}. A
 * box shows its place in the task list; what does not fit is in its tooltip.
 */
public final class SvgPlan {
  private static final int MARGIN = 32;
  private static final int RAIL = 166;
  private static final int BOX_WIDTH = 212;
  private static final int BOX_HEIGHT = 62;
  private static final int COLUMN = BOX_WIDTH + 40;
  private static final int ROW = BOX_HEIGHT + 14;
  private static final int PADDING = 12;
  private static final int BAND_GAP = 10;
  private static final int HEADER = 128;
  private static final int COLUMNS = 6;
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

  private final PlanDocument plan;
  private final PlanDrawing drawing;
  private final BundleColours colours;
  private final int bandWidth;
  private final SvgWriter svg = new SvgWriter();

  private SvgPlan(PlanDocument plan) {
    this.plan = plan;
    this.drawing = PlanDrawing.of(plan, COLUMNS);
    this.colours = new BundleColours(plan);
    this.bandWidth = RAIL + drawing.columns() * COLUMN - (COLUMN - BOX_WIDTH) + PADDING + 4;
  }

  /** The plan as an SVG document. */
  public static String of(PlanDocument plan) {
    return new SvgPlan(plan).draw();
  }

  private String draw() {
    int height = HEADER + MARGIN - BAND_GAP;
    for (Band band : drawing.bands()) {
      height += height(band) + BAND_GAP;
    }
    int width = 2 * MARGIN + bandWidth;
    svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"")
        .append(height + "\" viewBox=\"0 0 " + width + " " + height + "\">\n<title>")
        .append(SvgWriter.escape(title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\"")
        .append(" markerWidth=\"8\" markerHeight=\"8\" markerUnits=\"userSpaceOnUse\"")
        .append(" orient=\"auto\"><path d=\"M0 0.5 L8 4 L0 7.5 Z\"/></marker></defs>\n")
        .append("<rect width=\"100%\" height=\"100%\" fill=\"#f5f7fa\"/>\n");
    drawHeader();
    int top = HEADER;
    for (int i = 0; i < drawing.bands().size(); i++) {
      drawBand(drawing.bands().get(i), i, top);
      top += height(drawing.bands().get(i)) + BAND_GAP;
    }
    return svg.append("</svg>\n").toString();
  }

  private String title() {
    return plan.manifest().substring(plan.manifest().lastIndexOf('/') + 1);
  }

  private static int height(Band band) {
    return band.rows() * ROW - (ROW - BOX_HEIGHT) + 2 * PADDING;
  }

  private void drawHeader() {
    svg.text("title", MARGIN, 52, title());
    List<String> facts = new ArrayList<>();
    facts.add("provider " + plan.provider());
    if (!plan.plugins().isEmpty()) {
      facts.add(
          (plan.plugins().size() == 1 ? "plugin " : "plugins ")
              + String.join(", ", plan.plugins()));
    }
    facts.add(counted(plan.tasks().size(), "task"));
    facts.add(counted(drawing.bands().size(), "phase"));
    facts.add(counted(plan.relations().size(), "relation"));
    svg.text("facts", MARGIN, 76, String.join("  \u00b7  ", facts));
    double right = MARGIN;
    for (Map.Entry<String, BundleColours.Colour> entry : colours.all().entrySet()) {
      BundleColours.Colour colour = entry.getValue();
      svg.append(
              "<rect x=\""
                  + SvgWriter.decimal(right)
                  + "\" y=\"94\" width=\"16\" height=\"16\" rx=\"4\"")
          .append(colour.attributes())
          .append("/>\n");
      String owner = BundleColours.owner(entry.getKey());
      svg.text("legend", right + 23, 106.5, owner);
      right += 23 + TextFit.width(owner, 12) + 14;
    }
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private void drawBand(Band band, int index, int top) {
    int height = height(band);
    svg.append("<g>\n<rect class=\"band\" x=\"" + MARGIN + "\" y=\"" + top + "\" width=\"")
        .append(bandWidth + "\" height=\"" + height + "\" rx=\"12\"/>\n");
    int x = MARGIN + 28;
    int middle = top + PADDING + BOX_HEIGHT / 2;
    if (drawing.bands().size() > 1) {
      int from = index == 0 ? middle : top - BAND_GAP;
      int to = index == drawing.bands().size() - 1 ? middle : top + height;
      svg.append("<path class=\"rail\" d=\"M" + x + " " + from + " V" + to + "\"/>\n");
    }
    svg.append("<circle class=\"stop\" cx=\"" + x + "\" cy=\"" + middle + "\" r=\"13\"/>\n");
    svg.text("stopnumber", x, middle + 4, String.valueOf(index + 1));
    List<String> title = TextFit.wrap(band.phase(), BOLD * PHASE_SIZE, RAIL - x + MARGIN - 32, 2);
    double line = middle - 6 - 4 * (title.size() - 1) + 4;
    for (String words : title) {
      svg.text("phase", x + 24, line, words);
      line += 15;
    }
    svg.text("count", x + 24, line, counted(band.boxes().size(), "task"));
    int content = top + PADDING;
    band.arrows().forEach(arrow -> drawArrow(arrow, content));
    for (int i = 0; i < band.boxes().size(); i++) {
      int place = band.firstTask() + i;
      Box box = band.boxes().get(i);
      drawTask(plan.tasks().get(place), place + 1, left(box.column()), y(box.row(), content));
    }
    svg.append("</g>\n");
  }

  /** The left side of the boxes in a column. */
  private static double left(int column) {
    return MARGIN + RAIL + column * COLUMN;
  }

  /** The height of a row's middle. */
  private static double y(double row, int content) {
    return content + BOX_HEIGHT / 2.0 + (row - 0.5) * ROW;
  }

  private void drawArrow(Arrow arrow, int content) {
    Point from = arrow.path().get(0);
    double x = left(from.column()) + BOX_WIDTH;
    double y = y(from.row(), content);
    svg.append("<path class=\"edge\" d=\"M" + SvgWriter.decimal(x) + " " + SvgWriter.decimal(y));
    int last = arrow.path().size() - 1;
    for (Point bend : arrow.path().subList(1, last)) {
      curve(x, y, left(bend.column()), y(bend.row(), content));
      x = left(bend.column()) + BOX_WIDTH;
      y = y(bend.row(), content);
      svg.append(" H" + SvgWriter.decimal(x));
    }
    Point to = arrow.path().get(last);
    curve(x, y, left(to.column()) - 1, y(to.row(), content));
    svg.append("\"><title>" + SvgWriter.escape(arrow.reason()) + "</title></path>\n");
  }

  private void curve(double fromX, double fromY, double toX, double toY) {
    double bow = (toX - fromX) / 2;
    svg.append(" C" + SvgWriter.decimal(fromX + bow) + " " + SvgWriter.decimal(fromY))
        .append(" " + SvgWriter.decimal(toX - bow) + " " + SvgWriter.decimal(toY))
        .append(" " + SvgWriter.decimal(toX) + " " + SvgWriter.decimal(toY));
  }

  private void drawTask(PlannedTask task, int number, double left, double middle) {
    double top = middle - BOX_HEIGHT / 2.0;
    BundleColours.Colour colour = colours.of(task.bundle());
    svg.append("<g>\n<title>")
        .append(SvgWriter.escape(number + ". " + task.id() + "\n" + task.description()))
        .append(SvgWriter.escape("\nfrom " + task.bundle() + " " + task.version()))
        .append(SvgWriter.escape("\nrequested by " + String.join(", ", task.requestedBy())))
        .append(
            "</title>\n<rect class=\"task\" x=\""
                + SvgWriter.decimal(left)
                + "\" y=\""
                + SvgWriter.decimal(top))
        .append("\" width=\"" + BOX_WIDTH + "\" height=\"" + BOX_HEIGHT + "\" rx=\"8\"")
        .append(colour.attributes())
        .append("/>\n");
    int dot = task.name().lastIndexOf('.');
    String module = dot > 0 ? task.name().substring(0, dot) : BundleColours.owner(task.bundle());
    String name = task.name().substring(dot + 1);
    boolean isLong = TextFit.width(name, BOLD * NAME_SIZE) > TEXT_ROOM;
    double x = left + 11;
    svg.text("module", x, top + 15, TextFit.cut(module, 9.5, TEXT_ROOM - 24));
    svg.text("number", left + BOX_WIDTH - 9, top + 15, String.valueOf(number));
    svg.text(
        isLong ? "name long" : "name",
        x,
        top + 29,
        TextFit.cut(name, BOLD * (isLong ? LONG_NAME_SIZE : NAME_SIZE), TEXT_ROOM));
    double line = top + 43;
    for (String words : TextFit.wrap(task.description(), 10, TEXT_ROOM, 2)) {
      svg.text("what", x, line, words);
      line += 12;
    }
    svg.append("</g>\n");
  }
}

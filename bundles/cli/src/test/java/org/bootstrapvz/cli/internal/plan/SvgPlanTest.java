/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Shape;
import java.awt.geom.FlatteningPathIterator;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bootstrapvz.api.plan.Plan;
import org.bootstrapvz.api.plan.PlannedTask;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.cli.internal.SamplePlan;
import org.bootstrapvz.document.PlanDocument;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgPlanTest {
  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
  }

  private static List<Element> elements(Document document, String tag, String kind) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      if (element.getAttribute("class").equals(kind)) {
        found.add(element);
      }
    }
    return found;
  }

  private static Rectangle2D box(Element rect) {
    return new Rectangle2D.Double(
        Double.parseDouble(rect.getAttribute("x")),
        Double.parseDouble(rect.getAttribute("y")),
        Double.parseDouble(rect.getAttribute("width")),
        Double.parseDouble(rect.getAttribute("height")));
  }

  private static List<Rectangle2D> boxes(Document document, String kind) {
    return elements(document, "rect", kind).stream().map(SvgPlanTest::box).toList();
  }

  /** A line as drawn, from the few path commands that the drawing uses. */
  private static Shape path(String data) {
    Path2D path = new Path2D.Double();
    for (MatchResult command :
        Pattern.compile("([MCH])([^MCH]+)").matcher(data).results().toList()) {
      double[] n =
          Pattern.compile(" ")
              .splitAsStream(command.group(2).strip())
              .mapToDouble(Double::parseDouble)
              .toArray();
      switch (command.group(1)) {
        case "M" -> path.moveTo(n[0], n[1]);
        case "H" -> path.lineTo(n[0], path.getCurrentPoint().getY());
        default -> path.curveTo(n[0], n[1], n[2], n[3], n[4], n[5]);
      }
    }
    return path;
  }

  private static List<Point2D> points(Shape line) {
    List<Point2D> points = new ArrayList<>();
    double[] at = new double[6];
    for (PathIterator i = new FlatteningPathIterator(line.getPathIterator(null), 0.2);
        !i.isDone();
        i.next()) {
      i.currentSegment(at);
      points.add(new Point2D.Double(at[0], at[1]));
    }
    return points;
  }

  private static void assertApart(List<Rectangle2D> boxes) {
    for (int i = 0; i < boxes.size(); i++) {
      for (Rectangle2D other : boxes.subList(i + 1, boxes.size())) {
        assertFalse(boxes.get(i).intersects(other), boxes.get(i) + " overlaps " + other);
      }
    }
  }

  private static void assertNoLineCrossesABox(Document document) {
    List<Rectangle2D> boxes = boxes(document, "task");
    for (Element edge : elements(document, "path", "edge")) {
      List<Point2D> points = points(path(edge.getAttribute("d")));
      for (int i = 1; i < points.size(); i++) {
        Point2D from = points.get(i - 1);
        Point2D to = points.get(i);
        for (Rectangle2D box : boxes) {
          Rectangle2D inside =
              new Rectangle2D.Double(
                  box.getX() + 1, box.getY() + 1, box.getWidth() - 2, box.getHeight() - 2);
          assertFalse(
              inside.intersectsLine(from.getX(), from.getY(), to.getX(), to.getY()),
              edge.getTextContent());
        }
      }
    }
  }

  @Test
  void drawsABandForEachPhaseABoxForEachTaskAndAnArrowForEachRelation() throws Exception {
    Plan plan = SamplePlan.of(Path.of("image.yml"));
    Document document = parse(SvgPlan.of(PlanDocument.of(plan)));

    assertEquals(12, elements(document, "rect", "band").size());
    assertEquals(plan.tasks().size(), elements(document, "rect", "task").size());
    assertEquals(plan.relations().size(), elements(document, "path", "edge").size());
  }

  @Test
  void namesTheManifestTheProviderAndTheOwnersOfTheColours() throws Exception {
    Document document =
        parse(SvgPlan.of(PlanDocument.of(SamplePlan.of(Path.of("folder/image.yml")))));

    assertEquals("image.yml", elements(document, "text", "title").get(0).getTextContent());
    assertTrue(
        elements(document, "text", "facts").get(0).getTextContent().startsWith("provider kvm"));
    assertEquals(
        List.of("common", "plugin puppet", "provider kvm", "plugin admin-user"),
        elements(document, "text", "legend").stream().map(Element::getTextContent).toList());
  }

  @Test
  void boxesDoNotOverlapAndAreInTheBandOfTheirPhase() throws Exception {
    Document document = parse(SvgPlan.of(PlanDocument.of(SamplePlan.of(Path.of("image.yml")))));
    List<Rectangle2D> boxes = boxes(document, "task");
    List<Rectangle2D> bands = boxes(document, "band");

    assertApart(boxes);
    assertApart(bands);
    for (Rectangle2D box : boxes) {
      assertEquals(1, bands.stream().filter(band -> band.contains(box)).count(), box.toString());
    }
  }

  @Test
  void arrowsGoFromLeftToRightAroundTheBoxes() throws Exception {
    Document document = parse(SvgPlan.of(PlanDocument.of(SamplePlan.of(Path.of("image.yml")))));

    assertNoLineCrossesABox(document);
    for (Element edge : elements(document, "path", "edge")) {
      List<Point2D> points = points(path(edge.getAttribute("d")));
      for (int i = 1; i < points.size(); i++) {
        assertTrue(points.get(i).getX() >= points.get(i - 1).getX() - 0.01);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void boxesAndArrowsKeepApartInTangledPlans(int seed) throws Exception {
    Random random = new Random(seed);
    List<PlannedTask> tasks = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      tasks.add(
          new PlannedTask(
              "t" + i, "T" + i, Phase.SYSTEM_MODIFICATION, "Doing", "b" + i % 11, "1", List.of()));
      for (int edge = 0; i > 0 && edge < random.nextInt(3); edge++) {
        relations.add(new Relation("t" + random.nextInt(i), "t" + i, "for a reason"));
      }
    }
    Document document = parse(SvgPlan.of(plan(tasks, relations)));

    assertApart(boxes(document, "task"));
    assertNoLineCrossesABox(document);
  }

  @Test
  void textsMayContainAnyCharacters() throws Exception {
    PlannedTask task =
        new PlannedTask(
            "a<b>", "a<b>", Phase.CLEANING, "\u0007\"&'<!--]]>\ud83d", "x&y", "1", List.of("<&>"));
    Document document = parse(SvgPlan.of(plan(List.of(task), List.of())));

    assertEquals("a<b>", elements(document, "text", "name").get(0).getTextContent());
    assertEquals("?\"&'<!--]]>?", elements(document, "text", "what").get(0).getTextContent());
  }

  @Test
  void anEmptyPlanHasADrawingToo() throws Exception {
    assertTrue(boxes(parse(SvgPlan.of(plan(List.of(), List.of()))), "task").isEmpty());
  }

  private static PlanDocument plan(List<PlannedTask> tasks, List<Relation> relations) {
    return new PlanDocument("image.yml", "kvm", List.of(), tasks, relations, List.of());
  }
}

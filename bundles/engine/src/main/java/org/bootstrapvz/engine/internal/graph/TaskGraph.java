/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.bootstrapvz.api.plan.Relation;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.engine.internal.graph.Finding.Kind;
import org.bootstrapvz.engine.internal.registry.TaskInfo;
import org.jgrapht.Graph;
import org.jgrapht.GraphPath;
import org.jgrapht.alg.connectivity.KosarajuStrongConnectivityInspector;
import org.jgrapht.alg.shortestpath.BFSShortestPath;
import org.jgrapht.graph.AsSubgraph;
import org.jgrapht.traverse.NotDirectedAcyclicGraphException;
import org.jgrapht.traverse.TopologicalOrderIterator;

/**
 * Sorts all registered tasks and filters them to a task set, so that order also holds through tasks
 * that were not chosen.
 *
 * <p>The vertices of the graph are the tasks, numbered by id from 0, and below 0 the barriers
 * between phases and the types of values. A barrier stands for the order between every task before
 * and every task after it; a type, within a phase, for that between all who provide and all who
 * take it. So the graph has an edge for each relation and two for each task, and the cost of
 * sorting grows with their number.
 */
public final class TaskGraph {
  /**
   * In a phase with more registered tasks the relations of a plan are only those declared between
   * chosen tasks: finding the indirect ones and leaving out what follows from others is quadratic,
   * and nobody looks at a picture of that size.
   */
  private static final int MAX_REDUCED = 2_000;

  private static final int PHASES = Phase.values().length;

  private final List<TaskInfo> tasks;
  private final Map<String, Integer> vertices;
  private final Map<String, String> broken;
  private final BitSet chosen;
  private final List<String> valueTypes = new ArrayList<>();
  private final OrderGraph.Builder edges = new OrderGraph.Builder();
  private OrderGraph graph;
  private final List<Finding> findings = new ArrayList<>();

  private TaskGraph(
      Collection<TaskInfo> registered, Map<String, String> broken, Set<String> chosen) {
    this.tasks = registered.stream().sorted(Comparator.comparing(TaskInfo::id)).toList();
    this.broken = broken;
    this.vertices = new HashMap<>(tasks.size() * 2);
    this.chosen = new BitSet(tasks.size());
    for (int vertex = 0; vertex < tasks.size(); vertex++) {
      String id = tasks.get(vertex).id();
      vertices.put(id, vertex);
      this.chosen.set(vertex, chosen.contains(id));
    }
  }

  /**
   * Sorts a task set. The same tasks give the same list, in whatever order they come.
   *
   * @param registered all registered tasks, one for each id
   * @param broken ids of tasks whose properties are wrong, with what is wrong
   * @param chosen ids of the task set
   */
  public static TaskList sort(
      Collection<TaskInfo> registered, Map<String, String> broken, Set<String> chosen) {
    return new TaskGraph(registered, broken, chosen).sort();
  }

  private TaskList sort() {
    addPhases();
    for (int vertex = 0; vertex < tasks.size(); vertex++) {
      addDeclared(vertex);
    }
    addValues();
    graph = edges.build(-(PHASES - 1) - valueTypes.size(), tasks.size());
    List<Integer> order =
        sorted(graph).or(() -> sorted(withoutCycles())).orElseThrow().stream()
            .filter(chosen::get)
            .toList();
    if (findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR)) {
      return new TaskList(List.of(), List.of(), List.copyOf(findings));
    }
    return new TaskList(
        order.stream().map(tasks::get).toList(), relations(order), List.copyOf(findings));
  }

  // --- building ---

  private void addPhases() {
    for (int boundary = 2; boundary < PHASES; boundary++) {
      edges.add(1 - boundary, -boundary, Origin.PHASE);
    }
    for (int vertex = 0; vertex < tasks.size(); vertex++) {
      int phase = phase(vertex).ordinal();
      if (phase > 0) {
        edges.add(-phase, vertex, Origin.PHASE);
      }
      if (phase + 1 < PHASES) {
        edges.add(vertex, -(phase + 1), Origin.PHASE);
      }
    }
  }

  private void addDeclared(int vertex) {
    TaskInfo task = tasks.get(vertex);
    task.predecessors().forEach(id -> addDeclared(vertex, id, Origin.DECLARED_BY_LATER, true));
    task.after().forEach(id -> addDeclared(vertex, id, Origin.DECLARED_BY_LATER, false));
    task.successors().forEach(id -> addDeclared(vertex, id, Origin.DECLARED_BY_EARLIER, true));
    task.before().forEach(id -> addDeclared(vertex, id, Origin.DECLARED_BY_EARLIER, false));
  }

  /** A wrong declaration of a task that was not chosen must not keep others from being built. */
  private void addDeclared(int declaring, String id, Origin origin, boolean mustExist) {
    TaskInfo task = tasks.get(declaring);
    String word = origin == Origin.DECLARED_BY_LATER ? "after" : "before";
    Severity severity = chosen.get(declaring) ? Severity.ERROR : Severity.WARNING;
    Integer named = vertices.get(id);
    if (named == null) {
      if (mustExist) {
        findings.add(
            new Finding(
                Kind.UNKNOWN_TASK,
                severity,
                List.of(task),
                "The task "
                    + task.described()
                    + " is declared "
                    + word
                    + " "
                    + id
                    + (broken.containsKey(id)
                        ? ", a task which " + broken.get(id)
                        : ", which no installed bundle offers"),
                "Install the bundle that offers it, or declare the relation with \""
                    + word
                    + "\" if it shall hold only where that task is there"));
      }
      return;
    }
    TaskInfo other = tasks.get(named);
    if (named == declaring) {
      findings.add(
          new Finding(
              Kind.SELF_LOOP,
              severity,
              List.of(task),
              "The task " + task.described() + " is declared " + word + " itself",
              "Drop the relation"));
      return;
    }
    int earlier = origin == Origin.DECLARED_BY_LATER ? named : declaring;
    int later = origin == Origin.DECLARED_BY_LATER ? declaring : named;
    int phases = phase(earlier).compareTo(phase(later));
    if (phases == 0) {
      edges.add(earlier, later, origin);
    } else if (phases > 0) {
      findings.add(
          new Finding(
              Kind.CONTRADICTION,
              severity,
              List.of(task, other),
              "The task "
                  + task.described()
                  + " is declared "
                  + word
                  + " "
                  + other.described()
                  + ", but its phase comes "
                  + (origin == Origin.DECLARED_BY_LATER ? "before" : "after")
                  + " that one",
              "Drop the relation, or move one of the two to another phase"));
    } else if (chosen.get(declaring) && chosen.get(named)) {
      findings.add(
          new Finding(
              Kind.NEEDLESS,
              Severity.WARNING,
              List.of(task, other),
              "The task "
                  + task.described()
                  + " is needlessly declared "
                  + word
                  + " "
                  + other.described()
                  + ": their phases already say so",
              "Drop the relation"));
    }
  }

  /** Values are handed on between chosen tasks; who was not chosen provides nothing. */
  private void addValues() {
    Map<List<Object>, Integer> nodes = new HashMap<>();
    Map<String, List<Integer>> providers = new HashMap<>();
    chosen.stream()
        .forEach(
            vertex -> {
              for (String type : tasks.get(vertex).provides()) {
                Integer node =
                    nodes.computeIfAbsent(
                        List.of(type, phase(vertex)),
                        key -> {
                          valueTypes.add(type);
                          return -(PHASES - 1) - valueTypes.size();
                        });
                edges.add(vertex, node, Origin.VALUE);
                providers.computeIfAbsent(type, key -> new ArrayList<>()).add(vertex);
              }
            });
    chosen.stream()
        .forEach(
            vertex -> {
              TaskInfo task = tasks.get(vertex);
              for (String type : task.taken()) {
                addValue(
                    vertex,
                    type,
                    nodes.get(List.of(type, task.phase())),
                    providers.getOrDefault(type, List.of()));
              }
            });
  }

  private void addValue(int vertex, String type, Integer node, List<Integer> providers) {
    TaskInfo task = tasks.get(vertex);
    String verb = verb(task, type);
    Optional<Integer> latest = providers.stream().max(Comparator.comparing(this::phase));
    if (task.provides().contains(type)) {
      findings.add(
          new Finding(
              Kind.SELF_LOOP,
              Severity.ERROR,
              List.of(task),
              "The task " + task.described() + " both provides and " + verb + " " + type,
              "Let it provide the changed value as another type"));
    } else if (task.requires().contains(type) && providers.size() > 1) {
      findings.add(providedTwice(task, type, providers.stream().map(tasks::get).toList()));
    } else if (latest.isPresent() && phase(latest.get()).compareTo(task.phase()) > 0) {
      findings.add(
          new Finding(
              Kind.CONTRADICTION,
              Severity.ERROR,
              List.of(task, tasks.get(latest.get())),
              "The task "
                  + task.described()
                  + " "
                  + verb
                  + " "
                  + type
                  + ", which is provided too late by "
                  + tasks.get(latest.get()).described(),
              "Move one of the two to another phase"));
    } else if (node != null) {
      edges.add(node, vertex, Origin.VALUE);
    } else if (providers.isEmpty() && task.needs(type)) {
      List<String> offers =
          tasks.stream()
              .filter(offer -> offer.provides().contains(type))
              .map(TaskInfo::described)
              .toList();
      findings.add(
          new Finding(
              Kind.NOT_PROVIDED,
              Severity.ERROR,
              List.of(task),
              "The task "
                  + task.described()
                  + " "
                  + verb
                  + " "
                  + type
                  + ", which no task of the plan provides",
              offers.isEmpty()
                  ? "No installed bundle offers a task that provides it"
                  : "It is provided by " + String.join(", ", offers)));
    }
  }

  private static Finding providedTwice(TaskInfo task, String type, List<TaskInfo> providers) {
    List<TaskInfo> concerned = new ArrayList<>(List.of(task));
    concerned.addAll(providers);
    return new Finding(
        Kind.PROVIDED_TWICE,
        Severity.ERROR,
        concerned,
        "The task "
            + task.described()
            + " requires exactly one provider of "
            + type
            + ", but "
            + providers.size()
            + " tasks of the plan provide it: "
            + String.join(", ", providers.stream().map(TaskInfo::described).toList()),
        "Discard all of them but one, or declare the type with \"collectsAtLeastOne\" if the task"
            + " can use several values");
  }

  private static String verb(TaskInfo task, String type) {
    return task.requires().contains(type) ? "requires" : "collects";
  }

  // --- sorting ---

  /** The tasks in order, barriers and values as soon as they can come, ties by id; or a cycle. */
  private Optional<List<Integer>> sorted(Graph<Integer, Integer> sortable) {
    List<Integer> order = new ArrayList<>(tasks.size());
    try {
      new TopologicalOrderIterator<>(sortable, Comparator.naturalOrder())
          .forEachRemaining(
              vertex -> {
                if (vertex >= 0) {
                  order.add(vertex);
                }
              });
      return Optional.of(order);
    } catch (NotDirectedAcyclicGraphException e) {
      return Optional.empty();
    }
  }

  /**
   * Reports a cycle of each knot of tasks and takes the knot out, so that the rest can be sorted.
   */
  private Graph<Integer, Integer> withoutCycles() {
    Set<Integer> others = new LinkedHashSet<>(graph.vertexSet());
    List<TreeSet<Integer>> knots =
        new KosarajuStrongConnectivityInspector<>(graph)
            .stronglyConnectedSets().stream()
                .filter(knot -> knot.size() > 1)
                .map(TreeSet::new)
                .sorted(Comparator.comparing(knot -> knot.ceiling(0)))
                .toList();
    for (TreeSet<Integer> knot : knots) {
      Optional<Integer> touched = knot.stream().filter(v -> v >= 0 && chosen.get(v)).findFirst();
      List<Integer> cycle = shortestCycle(knot, touched.orElseGet(() -> knot.ceiling(0)));
      List<TaskInfo> members =
          cycle.stream().map(graph::getEdgeSource).filter(v -> v >= 0).map(tasks::get).toList();
      findings.add(
          new Finding(
              Kind.CYCLE,
              touched.isPresent() ? Severity.ERROR : Severity.WARNING,
              members,
              "Tasks wait for each other in a circle: "
                  + String.join(" -> ", members.stream().map(TaskInfo::name).toList())
                  + " -> "
                  + members.get(0).name()
                  + ", for "
                  + String.join("; ", reasons(cycle, true)),
              "Drop one of these relations"));
      others.removeAll(knot);
    }
    return new AsSubgraph<>(graph, others);
  }

  private List<Integer> shortestCycle(Set<Integer> knot, Integer start) {
    AsSubgraph<Integer, Integer> within = new AsSubgraph<>(graph, knot);
    var paths = new BFSShortestPath<>(within).getPaths(start);
    List<Integer> cycle = null;
    for (Integer last : within.incomingEdgesOf(start)) {
      GraphPath<Integer, Integer> path = paths.getPath(graph.getEdgeSource(last));
      if (cycle == null || path.getLength() + 1 < cycle.size()) {
        cycle = new ArrayList<>(path.getEdgeList());
        cycle.add(last);
      }
    }
    return cycle;
  }

  // --- relations of the plan ---

  private List<Relation> relations(List<Integer> order) {
    int[] registered = new int[PHASES];
    tasks.forEach(task -> registered[task.phase().ordinal()]++);
    List<Relation> relations = new ArrayList<>();
    for (int start = 0, end; start < order.size(); start = end) {
      Phase phase = phase(order.get(start));
      for (end = start; end < order.size() && phase(order.get(end)) == phase; ) {
        end++;
      }
      List<Integer> ofPhase = order.subList(start, end);
      if (registered[phase.ordinal()] <= MAX_REDUCED) {
        addReduced(ofPhase, relations);
      } else {
        addDeclaredOnly(ofPhase, relations);
      }
    }
    return List.copyOf(relations);
  }

  /** From last to first, leaves out each successor that an earlier successor leads to. */
  private void addReduced(List<Integer> order, List<Relation> relations) {
    Map<Integer, Integer> places = new HashMap<>();
    IntStream.range(0, order.size()).forEach(place -> places.put(order.get(place), place));
    BitSet[] reached = new BitSet[order.size()];
    List<List<Relation>> found = new ArrayList<>();
    for (int place = order.size() - 1; place >= 0; place--) {
      BitSet reach = reached[place] = new BitSet(order.size());
      List<Relation> ofTask = new ArrayList<>();
      Map<Integer, List<Integer>> next = new TreeMap<>(Comparator.comparing(places::get));
      next.putAll(nextChosen(order.get(place)));
      next.forEach(
          (vertex, path) -> {
            int target = places.get(vertex);
            if (!reach.get(target)) {
              ofTask.add(relation(path));
              reach.set(target);
              reach.or(reached[target]);
            }
          });
      found.add(ofTask);
    }
    Collections.reverse(found);
    found.forEach(relations::addAll);
  }

  private void addDeclaredOnly(List<Integer> order, List<Relation> relations) {
    for (Integer vertex : order) {
      Map<Integer, Integer> next = new TreeMap<>();
      for (Integer edge : graph.outgoingEdgesOf(vertex)) {
        Integer target = graph.getEdgeTarget(edge);
        if (target >= 0 && chosen.get(target)) {
          next.putIfAbsent(target, edge);
        }
      }
      next.values().forEach(edge -> relations.add(relation(List.of(edge))));
    }
  }

  /** The chosen tasks that follow on a task, directly or through others, with the shortest way. */
  private Map<Integer, List<Integer>> nextChosen(Integer start) {
    Map<Integer, List<Integer>> next = new HashMap<>();
    Map<Integer, List<Integer>> ways = new HashMap<>(Map.of(start, List.of()));
    List<Integer> open = new ArrayList<>(List.of(start));
    for (int i = 0; i < open.size(); i++) {
      List<Integer> way = ways.get(open.get(i));
      for (Integer edge : graph.outgoingEdgesOf(open.get(i))) {
        Integer target = graph.getEdgeTarget(edge);
        if (graph.origin(edge) == Origin.PHASE || ways.containsKey(target)) {
          continue;
        }
        List<Integer> longer = new ArrayList<>(way);
        longer.add(edge);
        ways.put(target, longer);
        if (target >= 0 && chosen.get(target)) {
          next.put(target, longer);
        } else {
          open.add(target);
        }
      }
    }
    return next;
  }

  private Relation relation(List<Integer> path) {
    return new Relation(
        tasks.get(graph.getEdgeSource(path.get(0))).id(),
        tasks.get(graph.getEdgeTarget(path.get(path.size() - 1))).id(),
        String.join("; ", reasons(path, false)));
  }

  // --- words ---

  /** Who declared each step of a path from a task to a task. */
  private List<String> reasons(List<Integer> path, boolean withBundles) {
    List<String> reasons = new ArrayList<>();
    TaskInfo provider = null;
    for (Integer edge : path) {
      int source = graph.getEdgeSource(edge);
      int target = graph.getEdgeTarget(edge);
      if (target < 0) {
        provider = tasks.get(source);
        continue;
      }
      TaskInfo later = tasks.get(target);
      if (source < 0) {
        String type = valueTypes.get(-source - PHASES);
        reasons.add(
            named(provider, withBundles)
                + " provides "
                + type.substring(type.lastIndexOf('.') + 1)
                + ", which "
                + named(later, withBundles)
                + " "
                + verb(later, type));
      } else {
        TaskInfo earlier = tasks.get(source);
        reasons.add(
            graph.origin(edge) == Origin.DECLARED_BY_LATER
                ? later.name() + " is declared after " + earlier.name() + by(later, withBundles)
                : earlier.name()
                    + " is declared before "
                    + later.name()
                    + by(earlier, withBundles));
      }
    }
    return reasons;
  }

  private static String named(TaskInfo task, boolean withBundle) {
    return task.name() + (withBundle ? " of " + task.bundle() : "");
  }

  private static String by(TaskInfo declaring, boolean withBundle) {
    return withBundle ? " by " + declaring.bundle() : "";
  }

  private Phase phase(int vertex) {
    return tasks.get(vertex).phase();
  }
}

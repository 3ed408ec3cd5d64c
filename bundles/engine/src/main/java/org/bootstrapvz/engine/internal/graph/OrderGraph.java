/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgrapht.GraphType;
import org.jgrapht.graph.AbstractGraph;
import org.jgrapht.graph.DefaultGraphType;

/**
 * A directed graph of numbers in a few arrays, for JGraphT's algorithms: JGraphT's own graphs keep
 * several hash maps, with which a hundred thousand tasks take several times as long. Cannot be
 * changed once it is built. The edge {@code e} runs from a vertex before to a vertex after.
 */
final class OrderGraph extends AbstractGraph<Integer, Integer> {
  private static final GraphType TYPE =
      new DefaultGraphType.Builder()
          .directed()
          .allowMultipleEdges(true)
          .allowSelfLoops(false)
          .modifiable(false)
          .build();

  private final Set<Integer> vertices;
  private final Set<Integer> edges;
  private final int[] sources;
  private final int[] targets;
  private final Origin[] origins;
  private final Index outgoing;
  private final Index incoming;

  /** Collects edges. */
  static final class Builder {
    private int[] sources = new int[1024];
    private int[] targets = new int[1024];
    private Origin[] origins = new Origin[1024];
    private int size;

    void add(int before, int after, Origin origin) {
      if (size == sources.length) {
        sources = Arrays.copyOf(sources, 2 * size);
        targets = Arrays.copyOf(targets, 2 * size);
        origins = Arrays.copyOf(origins, 2 * size);
      }
      sources[size] = before;
      targets[size] = after;
      origins[size++] = origin;
    }

    /** The graph of the vertices from {@code lowest} to below {@code end}. */
    OrderGraph build(int lowest, int end) {
      return new OrderGraph(this, lowest, end);
    }
  }

  /** The edges at each vertex, in the order in which they were added. */
  private static final class Index {
    private final int lowest;
    private final int[] starts;
    private final Integer[] edges;

    Index(int[] ends, Integer[] numbers, int lowest, int vertices) {
      this.lowest = lowest;
      starts = new int[vertices + 1];
      edges = new Integer[numbers.length];
      for (int edge = 0; edge < numbers.length; edge++) {
        starts[ends[edge] - lowest + 1]++;
      }
      for (int i = 0; i < vertices; i++) {
        starts[i + 1] += starts[i];
      }
      int[] next = starts.clone();
      for (Integer edge : numbers) {
        edges[next[ends[edge] - lowest]++] = edge;
      }
    }

    Set<Integer> at(int vertex) {
      int start = starts[vertex - lowest];
      int end = starts[vertex - lowest + 1];
      return new AbstractSet<>() {
        @Override
        public Iterator<Integer> iterator() {
          return Arrays.asList(edges).subList(start, end).iterator();
        }

        @Override
        public int size() {
          return end - start;
        }
      };
    }
  }

  private record Range(int start, int end) {
    Set<Integer> set() {
      return new AbstractSet<>() {
        @Override
        public Iterator<Integer> iterator() {
          return IntStream.range(start, end).iterator();
        }

        @Override
        public int size() {
          return end - start;
        }

        @Override
        public boolean contains(Object number) {
          return number instanceof Integer i && start <= i && i < end;
        }
      };
    }
  }

  private OrderGraph(Builder builder, int lowest, int end) {
    this.vertices = new Range(lowest, end).set();
    this.edges = new Range(0, builder.size).set();
    this.sources = builder.sources;
    this.targets = builder.targets;
    this.origins = builder.origins;
    Integer[] numbers = IntStream.range(0, builder.size).boxed().toArray(Integer[]::new);
    this.outgoing = new Index(sources, numbers, lowest, end - lowest);
    this.incoming = new Index(targets, numbers, lowest, end - lowest);
  }

  Origin origin(Integer edge) {
    return origins[edge];
  }

  @Override
  public Set<Integer> vertexSet() {
    return vertices;
  }

  @Override
  public Set<Integer> edgeSet() {
    return edges;
  }

  @Override
  public boolean containsVertex(Integer vertex) {
    return vertices.contains(vertex);
  }

  @Override
  public boolean containsEdge(Integer edge) {
    return edges.contains(edge);
  }

  @Override
  public Integer getEdgeSource(Integer edge) {
    return sources[edge];
  }

  @Override
  public Integer getEdgeTarget(Integer edge) {
    return targets[edge];
  }

  @Override
  public Set<Integer> outgoingEdgesOf(Integer vertex) {
    return outgoing.at(vertex);
  }

  @Override
  public int outDegreeOf(Integer vertex) {
    return outgoingEdgesOf(vertex).size();
  }

  @Override
  public Set<Integer> incomingEdgesOf(Integer vertex) {
    return incoming.at(vertex);
  }

  @Override
  public int inDegreeOf(Integer vertex) {
    return incomingEdgesOf(vertex).size();
  }

  @Override
  public Set<Integer> edgesOf(Integer vertex) {
    Set<Integer> all = new LinkedHashSet<>(incomingEdgesOf(vertex));
    all.addAll(outgoingEdgesOf(vertex));
    return all;
  }

  @Override
  public int degreeOf(Integer vertex) {
    return inDegreeOf(vertex) + outDegreeOf(vertex);
  }

  @Override
  public Set<Integer> getAllEdges(Integer before, Integer after) {
    return outgoingEdgesOf(before).stream()
        .filter(edge -> getEdgeTarget(edge).equals(after))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public Integer getEdge(Integer before, Integer after) {
    return getAllEdges(before, after).stream().findFirst().orElse(null);
  }

  @Override
  public GraphType getType() {
    return TYPE;
  }

  @Override
  public double getEdgeWeight(Integer edge) {
    return DEFAULT_EDGE_WEIGHT;
  }

  @Override
  public Supplier<Integer> getVertexSupplier() {
    return null;
  }

  @Override
  public Supplier<Integer> getEdgeSupplier() {
    return null;
  }

  @Override
  public Integer addVertex() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean addVertex(Integer vertex) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Integer addEdge(Integer before, Integer after) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean addEdge(Integer before, Integer after, Integer edge) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeVertex(Integer vertex) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Integer removeEdge(Integer before, Integer after) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean removeEdge(Integer edge) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setEdgeWeight(Integer edge, double weight) {
    throw new UnsupportedOperationException();
  }
}

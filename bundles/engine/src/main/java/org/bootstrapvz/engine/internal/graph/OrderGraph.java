/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgrapht.GraphType;
import org.jgrapht.graph.AbstractGraph;
import org.jgrapht.graph.DefaultGraphType;
import org.jspecify.annotations.Nullable;

/**
 * An immutable directed graph of numbers, stored in a few arrays, for JGraphT's algorithms.
 * JGraphT's own graphs use several hash maps, with which a hundred thousand tasks take several
 * times as long. An edge leads from the vertex that comes before to the one that comes after.
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
  private final EdgeIndex outgoing;
  private final EdgeIndex incoming;

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

  private OrderGraph(Builder builder, int lowest, int end) {
    this.vertices = new IntegerRange(lowest, end);
    this.edges = new IntegerRange(0, builder.size);
    this.sources = builder.sources;
    this.targets = builder.targets;
    this.origins = builder.origins;
    Integer[] numbers = IntStream.range(0, builder.size).boxed().toArray(Integer[]::new);
    this.outgoing = new EdgeIndex(sources, numbers, lowest, end - lowest);
    this.incoming = new EdgeIndex(targets, numbers, lowest, end - lowest);
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
  public @Nullable Integer getEdge(Integer before, Integer after) {
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
  public @Nullable Supplier<Integer> getVertexSupplier() {
    return null;
  }

  @Override
  public @Nullable Supplier<Integer> getEdgeSupplier() {
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

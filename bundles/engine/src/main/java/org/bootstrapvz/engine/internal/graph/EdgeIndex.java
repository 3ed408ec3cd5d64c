/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;

/** The edges at each vertex, in the order in which they were added. */
final class EdgeIndex {
  private final int lowest;
  private final int[] starts;
  private final Integer[] edges;

  EdgeIndex(int[] ends, Integer[] numbers, int lowest, int vertices) {
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

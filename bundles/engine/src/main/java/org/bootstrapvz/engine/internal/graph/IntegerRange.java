/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.graph;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.stream.IntStream;

/** The numbers from a start to below an end, without storage for each. */
final class IntegerRange extends AbstractSet<Integer> {
  private final int start;
  private final int end;

  IntegerRange(int start, int end) {
    this.start = start;
    this.end = end;
  }

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
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cnf.components;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lambda expressions and method references of every kind, and what they give. */
public final class Expressions implements Supplier<List<Object>> {
  private final int number = 7;
  private final List<Object> results = new ArrayList<>();

  /** A functional interface whose method has no type argument. */
  interface Text {
    String get();
  }

  /** An interface with a private method that a lambda expression in it calls. */
  interface Named {
    String name();

    default Text greeting() {
      return () -> hello(name());
    }

    private String hello(String name) {
      return "hello " + name;
    }
  }

  private record Pair(long left, String right) implements Named {
    @Override
    public String name() {
      return ((Supplier<String>) () -> right + left).get();
    }
  }

  private record Components(
      boolean yes,
      byte small,
      char letter,
      int number,
      long wide,
      float half,
      double real,
      Object any,
      String... more) {}

  private record Empty() {}

  @Override
  public List<Object> get() {
    capturing((byte) 1, 'c', 2L, 3.5, "text", new int[] {4, 5});
    converting();
    referring();
    nesting();
    comparing();
    return results;
  }

  private void comparing() {
    String[] more = {"more"};
    Components one = new Components(true, (byte) 1, 'c', 3, 4L, 5.5f, Double.NaN, "any", more);
    List<Components> others =
        List.of(
            one,
            new Components(true, (byte) 1, 'c', 3, 4L, 5.5f, Double.NaN, "any", more),
            new Components(false, (byte) 1, 'c', 3, 4L, 5.5f, Double.NaN, "any", more),
            new Components(true, (byte) 2, 'c', 3, 4L, 5.5f, Double.NaN, "any", more),
            new Components(true, (byte) 1, 'd', 3, 4L, 5.5f, Double.NaN, "any", more),
            new Components(true, (byte) 1, 'c', 4, 4L, 5.5f, Double.NaN, "any", more),
            new Components(true, (byte) 1, 'c', 3, 5L, 5.5f, Double.NaN, "any", more),
            new Components(true, (byte) 1, 'c', 3, 4L, 6.5f, Double.NaN, "any", more),
            new Components(true, (byte) 1, 'c', 3, 4L, 5.5f, 0.0, "any", more),
            new Components(true, (byte) 1, 'c', 3, 4L, 5.5f, -0.0, "any", more),
            new Components(true, (byte) 1, 'c', 3, 4L, 5.5f, Double.NaN, null, more),
            new Components(true, (byte) 1, 'c', 3, 4L, 5.5f, Double.NaN, "any"));
    for (Components other : others) {
      results.add(one.equals(other) + " " + other.equals(one));
    }
    results.add(one.hashCode() == others.get(1).hashCode());
    results.add(new Pair(7, "pair").hashCode());
    results.add(new Pair(7, null).hashCode() + " " + new Pair(7, null).equals(new Pair(7, "x")));
    results.add(new Empty().equals(new Empty()) + " " + new Empty().hashCode());
    results.add(new Empty().equals(null) + " " + new Empty().equals("other") + new Empty());
  }

  private void capturing(byte small, char letter, long wide, double real, String text, int[] all) {
    Supplier<String> captured = () -> "" + small + letter + wide + real + text + all[1] + number;
    results.add(captured.get());
    Runnable runs = () -> results.add(wide + number);
    runs.run();
    DoubleSupplier supplier = () -> real * wide;
    results.add(supplier.getAsDouble());
  }

  private void converting() {
    Function<Integer, Integer> unboxed = Expressions::twice;
    results.add(unboxed.apply(21));
    ToLongFunction<Integer> widened = Expressions::twice;
    results.add(widened.applyAsLong(4));
    ToDoubleFunction<Integer> real = Integer::intValue;
    results.add(real.applyAsDouble(4));
    IntFunction<Object> boxed = Integer::valueOf;
    results.add(boxed.apply(9));
    IntFunction<Number> same = number -> number;
    results.add(same.apply(10));
    BiFunction<Character, Short, Long> both = Expressions::add;
    results.add(both.apply('a', (short) 2));
    Consumer<List<Object>> dropped = List::size;
    dropped.accept(results);
    Function<Object, Long> wide = Expressions::wide;
    results.add(wide.apply("12345"));
    Supplier<?> any = () -> "any";
    Text text = Expressions.<String>constant("constant")::get;
    results.add(any.get() + text.get());
    IntUnaryOperator primitive = Expressions::twice;
    results.add(primitive.applyAsInt(3));
    ToIntFunction<List<Integer>> generic = list -> list.get(0);
    results.add(generic.applyAsInt(List.of(11)));
  }

  private void referring() {
    Function<String, StringBuilder> constructor = StringBuilder::new;
    results.add(constructor.apply("built").reverse().toString());
    IntFunction<String[]> array = String[]::new;
    results.add(array.apply(3).length);
    Supplier<Integer> bound = "bound"::length;
    results.add(bound.get());
    Function<Named, String> ofInterface = Named::name;
    results.add(ofInterface.apply(new Pair(1, "pair")));
    Function<int[], Object> copy = int[]::clone;
    results.add(((int[]) copy.apply(new int[] {1, 2})).length);
    Supplier<String> above = super::toString;
    results.add(above.get().startsWith(Expressions.class.getName()));
    Comparator<Pair> order = Comparator.comparing(Pair::right).thenComparingLong(Pair::left);
    results.add(order.compare(new Pair(1, "a"), new Pair(2, "a")));
    Function<Long, Pair> made = left -> new Pair(left, "made");
    results.add(made.apply(5L).greeting().get());
  }

  private void nesting() {
    Function<Integer, Function<Integer, Supplier<Integer>>> nested =
        left -> right -> () -> left * right + number;
    results.add(nested.apply(3).apply(4).get());
    Map<Boolean, List<Integer>> parts =
        IntStream.range(0, 6).boxed().collect(Collectors.partitioningBy(i -> i % 2 == 0));
    results.add(parts.toString());
    results.add(
        Stream.of("b", "a", "c").sorted(Comparator.reverseOrder()).collect(Collectors.joining()));
    results.add(Arrays.asList(new Pair(3, "x")).stream().map(Pair::left).toList().toString());
    Supplier<Supplier<Integer>> local =
        () -> {
          class Local {
            private int value() {
              return number;
            }
          }
          return new Local()::value;
        };
    results.add(local.get().get());
  }

  private static int twice(int number) {
    return 2 * number;
  }

  private static long add(int left, long right) {
    return left + right;
  }

  private static <T> Long wide(T value) {
    return Long.valueOf(value.toString());
  }

  private static <T> Supplier<T> constant(T value) {
    return () -> value;
  }
}

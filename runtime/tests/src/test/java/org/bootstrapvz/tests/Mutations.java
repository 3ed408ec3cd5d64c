/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Changes texts at random. The same seed, number and texts give the same result, so that a fault
 * can be repeated.
 */
final class Mutations {
  private static final int MAX_CHANGES = 4;
  private static final int MAX_REPEATS = 2000;
  private static final int MAX_BLOCK = 6;

  private final long seed;
  private final List<String> corpus;
  private final List<String> words;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param corpus the texts to change
   * @param words put in random places
   */
  Mutations(long seed, List<String> corpus, List<String> words) {
    this.seed = seed;
    this.corpus = List.copyOf(corpus);
    this.words = List.copyOf(words);
    corpus.forEach(text -> lines.addAll(text.lines().toList()));
  }

  /** The text of a number. */
  String text(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    String text = pick(random, corpus);
    int changes = 0;
    do {
      text = random.nextInt(3) == 0 ? changeCharacters(random, text) : changeLines(random, text);
      changes++;
    } while (changes < MAX_CHANGES && random.nextInt(3) == 0); // else few would be nearly valid
    return text;
  }

  private static <T> T pick(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private String changeCharacters(Random random, String text) {
    int start = random.nextInt(text.length() + 1);
    int end = start + random.nextInt(Math.min(20, text.length() - start) + 1);
    String before = text.substring(0, start);
    String piece = text.substring(start, end);
    String after = text.substring(end);
    return switch (random.nextInt(6)) {
      case 0 -> before + after;
      case 1 -> before + pick(random, words) + piece + after;
      case 2 -> before + pick(random, words) + after;
      case 3 -> before + piece.repeat(random.nextInt(MAX_REPEATS)) + after;
      case 4 -> before + Character.toString(random.nextInt(0xd800)) + piece + after;
      default -> before + (random.nextInt(4) == 0 ? "" : pick(random, lines) + after);
    };
  }

  private String changeLines(Random random, String text) {
    // Without -1 at the end, a text of empty lines would have no line.
    List<String> changed = new ArrayList<>(List.of(text.split("\n", -1)));
    int place = random.nextInt(changed.size());
    String line = changed.get(place);
    switch (random.nextInt(9)) {
      case 0 -> changed.remove(place);
      case 1 -> changed.add(place, line);
      case 2 -> changed.set(place, changed.set(random.nextInt(changed.size()), line));
      case 3 -> changed.set(place, " ".repeat(random.nextInt(12)) + line.stripLeading());
      case 4 -> changed.set(place, line.replaceFirst(": .*", ": ") + pick(random, words));
      case 5 -> changed.set(place, keyOf(pick(random, lines), line));
      case 6 -> changed.set(place, keyOf(line, pick(random, lines)));
      case 7 -> changed.set(place, pick(random, words) + line);
      default -> {
        int from = random.nextInt(lines.size());
        int to = Math.min(lines.size(), from + 1 + random.nextInt(MAX_BLOCK));
        changed.addAll(place, lines.subList(from, to));
      }
    }
    return String.join("\n", changed);
  }

  /** The key of one line with the value of another. */
  private static String keyOf(String key, String value) {
    int end = key.indexOf(':');
    int start = value.indexOf(':');
    return end < 0 || start < 0 ? value : key.substring(0, end) + value.substring(start);
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that users read: string literals of the programs, schemas, the page, configuration
 * files, scripts, the man page and the documentation.
 */
final class VisibleTexts {
  private static final Pattern FILES =
      Pattern.compile(
          "bundles/[^/]+/src/main/.*\\.(java|js|html|json|md)"
              + "|runtime/[^/]+/src/main/.*\\.java"
              + "|runtime/distribution/src/main/(bin|conf|deploy|debian)/.*"
              + "|docs/.*\\.md|[A-Z]+(\\.md)?|bootstrap-vz|manifests/.*\\.(yml|md)");

  /** These two list the refused words. */
  private static final Pattern ABOUT_WORDS =
      Pattern.compile("docs/developing/(style|glossary)\\.md|LICENSE");

  /** Comments, which are skipped, and the literals of Java and JavaScript. */
  private static final Pattern TOKENS =
      Pattern.compile(
          "//[^\\n]*|/\\*.*?\\*/"
              + "|\"\"\"(?<block>.*?)\"\"\""
              + "|\"(?<text>(?:[^\"\\\\\\n]|\\\\.)*+)\""
              + "|'(?<single>(?:[^'\\\\\\n]|\\\\.)*+)'"
              + "|`(?<template>(?:[^`\\\\]|\\\\.)*+)`",
          Pattern.DOTALL);

  private static final Pattern CODE =
      Pattern.compile("(?ms)^```.*?^```|`[^`\\n]*`|\\]\\([^)]*\\)|<[^>]*>");

  /**
   * A text and where it is.
   *
   * @param place the path of the file and the line of its start
   */
  record VisibleText(String place, String text) {}

  private VisibleTexts() {}

  static List<VisibleText> of(Path top) throws IOException {
    List<VisibleText> texts = new ArrayList<>();
    for (Path file : files(top)) {
      String name = top.relativize(file).toString();
      String content = Files.readString(file);
      if (name.matches(".*\\.(java|js)")) {
        literals(name, content, texts);
      } else {
        lines(name, name.endsWith(".md") ? withoutCode(content) : content, texts);
      }
    }
    return texts;
  }

  private static List<Path> files(Path top) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String directory : List.of("bundles", "runtime", "docs", "manifests")) {
      try (Stream<Path> tree = Files.walk(top.resolve(directory))) {
        tree.forEach(files::add);
      }
    }
    try (Stream<Path> entries = Files.list(top)) {
      entries.forEach(files::add);
    }
    return files.stream()
        .filter(file -> FILES.matcher(top.relativize(file).toString()).matches())
        .filter(file -> !ABOUT_WORDS.matcher(top.relativize(file).toString()).matches())
        .filter(Files::isRegularFile)
        .sorted()
        .toList();
  }

  /** Literals that are joined with a plus sign are one text. */
  static void literals(String name, String content, List<VisibleText> texts) {
    Matcher tokens = TOKENS.matcher(content);
    StringBuilder text = new StringBuilder();
    int start = -1;
    int end = -1;
    while (tokens.find()) {
      String literal = literal(tokens);
      if (literal != null) {
        boolean joined = end >= 0 && content.substring(end, tokens.start()).matches("\\s*\\+\\s*");
        if (!joined) {
          add(name, content, start, text, texts);
          start = tokens.start();
        }
        text.append(literal);
        end = tokens.end();
      }
    }
    add(name, content, start, text, texts);
  }

  private static void add(
      String name, String content, int start, StringBuilder text, List<VisibleText> texts) {
    if (start >= 0) {
      long line = 1 + content.substring(0, start).chars().filter(each -> each == '\n').count();
      texts.add(new VisibleText(name + ":" + line, text.toString()));
      text.setLength(0);
    }
  }

  private static String literal(Matcher token) {
    return Stream.of("block", "text", "single", "template")
        .map(token::group)
        .filter(text -> text != null)
        .findFirst()
        .map(text -> text.replace("\\n", " "))
        .orElse(null);
  }

  /** Removes comments without changing line numbers. */
  private static String withoutCode(String page) {
    return CODE.matcher(page)
        .replaceAll(code -> "\n".repeat((int) code.group().chars().filter(c -> c == '\n').count()));
  }

  private static void lines(String name, String content, List<VisibleText> texts) {
    List<String> lines = content.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      texts.add(new VisibleText(name + ":" + (i + 1), lines.get(i)));
    }
  }
}

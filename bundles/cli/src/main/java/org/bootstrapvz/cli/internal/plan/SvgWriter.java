/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

/** Writes the text of an SVG document. */
final class SvgWriter {
  private final StringBuilder svg = new StringBuilder();

  /** Appends markup as it is. */
  SvgWriter append(String markup) {
    svg.append(markup);
    return this;
  }

  /** Appends a text element; none if the text is empty. */
  void text(String kind, double x, double y, String text) {
    if (!text.isEmpty()) {
      svg.append("<text class=\"" + kind + "\" x=\"" + decimal(x) + "\" y=\"" + decimal(y))
          .append("\">" + escape(text) + "</text>\n");
    }
  }

  /** A number with at most one decimal place. */
  static String decimal(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }

  /** XML 1.0 has no way to write most control characters, so they go. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> {
                  boolean allowed = c >= ' ' && c != 0xfffe && c != 0xffff || c == '\n';
                  boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                  escaped.appendCodePoint(allowed && !half ? c : '?');
                }
              }
            });
    return escaped.toString();
  }

  @Override
  public String toString() {
    return svg.toString();
  }
}

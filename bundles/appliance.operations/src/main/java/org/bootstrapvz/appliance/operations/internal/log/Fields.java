/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** The parts of a record that both formats show. The logging thread formats it. */
abstract class Fields extends Formatter {
  /**
   * Tokens and session cookies: 43 characters of Base64 for URLs. At the level DEBUG a library logs
   * the headers of requests.
   */
  private static final Pattern TOKEN =
      Pattern.compile("(?<![\\w-])(?=[\\w-]{0,42}[a-z])(?=[\\w-]{0,42}[A-Z])[\\w-]{43}(?![\\w-])");

  /** The message with its parameters, without secrets. */
  final String message(LogRecord record) {
    return masked(formatMessage(record));
  }

  /** The stack trace of the exception, without secrets; empty if there is none. */
  static String exception(LogRecord record) {
    if (record.getThrown() == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    record.getThrown().printStackTrace(new PrintWriter(text, true));
    return masked(text.toString().stripTrailing());
  }

  /** The build and the task for which the thread works. */
  static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : new TreeMap<>(context);
  }

  /** The common name of a level of java.util.logging. */
  static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARN";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }

  private static String masked(String text) {
    return TOKEN.matcher(text).replaceAll("***");
  }
}

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

/** What both formats show of a record. A record is formatted by the thread that logs it. */
abstract class Fields extends Formatter {
  /**
   * What looks like a token or the cookie of a session: 43 letters of Base64 for URLs. A library
   * that is told to log everything logs the headers of requests.
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

  /** Which build the thread works for, and on what. */
  static Map<String, String> context() {
    Map<String, String> context = MDC.getCopyOfContextMap();
    return context == null ? Map.of() : new TreeMap<>(context);
  }

  /** As everybody but java.util.logging calls it. */
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

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.logging.LogRecord;
import org.bootstrapvz.api.value.VisibleText;

/**
 * Text for people, in which control characters are shown. systemd's journal adds the time itself,
 * and reads the priority of a line from its prefix.
 */
final class TextFormat extends Fields {
  private static final Map<String, String> PRIORITIES =
      Map.of("ERROR", "<3>", "WARN", "<4>", "INFO", "<6>", "DEBUG", "<7>");

  private final boolean journal;

  TextFormat(boolean journal) {
    this.journal = journal;
  }

  @Override
  public String format(LogRecord record) {
    String level = level(record.getLevel());
    StringBuilder text = new StringBuilder();
    if (!journal) {
      text.append(record.getInstant().truncatedTo(ChronoUnit.MILLIS))
          .append(level.length() == 4 ? "  " : " ")
          .append(level)
          .append(' ');
    }
    String logger = String.valueOf(record.getLoggerName());
    if (!logger.isEmpty()) {
      // The class name is sufficient for our own loggers.
      text.append(
              logger.startsWith("org.bootstrapvz.")
                  ? logger.substring(logger.lastIndexOf('.') + 1)
                  : logger)
          .append(": ");
    }
    text.append(VisibleText.of(message(record)));
    Map<String, String> context = context();
    if (!context.isEmpty()) {
      text.append(' ')
          .append(VisibleText.onOneLine(context.toString()).replace('{', '[').replace('}', ']'));
    }
    String exception = exception(record);
    if (!exception.isEmpty()) {
      text.append('\n').append(VisibleText.of(exception));
    }
    if (!journal) {
      return text.append('\n').toString();
    }
    String priority = PRIORITIES.get(level);
    return priority + text.toString().replace("\n", "\n" + priority) + "\n";
  }
}

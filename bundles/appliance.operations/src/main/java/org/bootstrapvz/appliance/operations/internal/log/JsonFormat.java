/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal.log;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.LogRecord;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object per line. */
final class JsonFormat extends Fields {
  private static final JsonMapper MAPPER = new JsonMapper();

  @Override
  public String format(LogRecord record) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", record.getInstant().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", level(record.getLevel()));
    line.put("logger", record.getLoggerName());
    line.put("thread", Thread.currentThread().getName());
    line.put("message", message(record));
    line.putAll(context());
    String exception = exception(record);
    if (!exception.isEmpty()) {
      line.put("exception", exception);
    }
    return MAPPER.writeValueAsString(line) + "\n";
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What was logged while it was open. */
public final class Logged extends Handler implements AutoCloseable {
  private final Logger root = Logger.getLogger("");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Begins to listen. */
  public Logged() {
    root.addHandler(this);
  }

  /** Warnings and worse of loggers whose name begins so, a line each. */
  public List<String> warnings(String logger) {
    return records.stream()
        .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
        .filter(record -> record.getLoggerName().startsWith(logger))
        .map(
            record ->
                record.getMessage() + (record.getThrown() == null ? "" : " " + record.getThrown()))
        .toList();
  }

  /** All messages. */
  public List<String> all() {
    return records.stream().map(LogRecord::getMessage).toList();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    root.removeHandler(this);
  }
}

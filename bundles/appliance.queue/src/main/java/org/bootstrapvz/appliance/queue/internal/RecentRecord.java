/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bootstrapvz.appliance.api.events.LogText;
import org.bootstrapvz.appliance.api.events.RecordedEvent;
import org.bootstrapvz.appliance.queue.internal.store.LogPart;
import org.bootstrapvz.appliance.queue.internal.store.QueueStore;

/**
 * The last events and the end of the log of a running build, in memory, so that subscribers do not
 * read them from the database. Safe for use by several threads.
 */
final class RecentRecord {
  /** Characters of the log that are kept. */
  private static final int MAX_LOG = 512 << 10;

  private static final int MAX_EVENTS = 1000;

  /** Characters of the data of the events that are kept. */
  private static final int MAX_EVENT_DATA = 512 << 10;

  /** Guarded by this, as all below. */
  private final StringBuilder log = new StringBuilder();

  private final Deque<RecordedEvent> events = new ArrayDeque<>();
  private long logStart;
  private long eventsAfter;
  private long eventData;

  RecentRecord(QueueStore.Begun begun) {
    logStart = begun.logLength();
    eventsAfter = begun.lastEvent();
  }

  synchronized void append(CharSequence text, List<RecordedEvent> more) {
    log.append(text);
    int excess = log.length() - MAX_LOG;
    if (excess > MAX_LOG / 2) {
      int cut = Character.isLowSurrogate(log.charAt(excess)) ? excess + 1 : excess;
      log.delete(0, cut);
      logStart += cut;
    }
    for (RecordedEvent event : more) {
      events.add(event);
      eventData += event.data().length();
    }
    while (events.size() > MAX_EVENTS || eventData > MAX_EVENT_DATA) {
      RecordedEvent oldest = events.removeFirst();
      eventsAfter = oldest.sequence();
      eventData -= oldest.data().length();
    }
  }

  /** Events; empty if older ones are requested, which the database has. */
  synchronized Optional<List<RecordedEvent>> events(long after, int limit) {
    return after < eventsAfter
        ? Optional.empty()
        : Optional.of(
            events.stream().filter(event -> event.sequence() > after).limit(limit).toList());
  }

  /** A part of the log; empty if an older part is requested, which the database has. */
  synchronized Optional<LogText> log(long offset, int limit) {
    if (offset < logStart) {
      return Optional.empty();
    }
    int start = (int) Math.min(log.length(), offset - logStart);
    int end = LogPart.end(log, start, limit);
    long from = logStart + start;
    return Optional.of(new LogText(log.substring(start, end), from, from + end - start));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Decides when a request is processed, so that threads remain for users when anonymous clients ask
 * for too much, and for admins when users do. A request that has to wait occupies no thread. Safe
 * for use by several threads.
 */
final class Admission {
  /** Who asks. */
  enum Lane {
    /** Somebody without a token. */
    ANONYMOUS,
    /** A viewer or builder. */
    USER,
    /** Never waits. */
    ADMIN
  }

  private record Waiting(Executor executor, Runnable work) {}

  private final int maxAnonymous;
  private final int maxUsers;
  private final int maxWaiting;

  /** Guarded by this. */
  private int anonymous;

  /** Those of users and anonymous ones. Guarded by this. */
  private int running;

  /** Guarded by this. */
  private final Map<Lane, Queue<Waiting>> queues = new EnumMap<>(Lane.class);

  /**
   * Creates it.
   *
   * @param threads the threads of the server that can process requests
   * @param maxWaiting the maximum number of waiting requests of each lane
   */
  Admission(int threads, int maxWaiting) {
    maxUsers = Math.max(1, threads * 3 / 4);
    maxAnonymous = Math.max(1, maxUsers / 2);
    this.maxWaiting = maxWaiting;
    queues.put(Lane.ANONYMOUS, new ArrayDeque<>());
    queues.put(Lane.USER, new ArrayDeque<>());
  }

  /** Whether a request of this lane would have to wait. */
  synchronized boolean full(Lane lane) {
    return !hasRoom(lane);
  }

  /**
   * Processes a request, at once in this thread, or later.
   *
   * @param executor runs it later
   * @return false if too many are waiting
   */
  boolean submit(Lane lane, Executor executor, Runnable work) {
    synchronized (this) {
      if (!hasRoom(lane)) {
        Queue<Waiting> queue = queues.get(lane);
        if (queue == null || queue.size() >= maxWaiting) {
          return false;
        }
        queue.add(new Waiting(executor, work));
        return true;
      }
      count(lane, 1);
    }
    process(lane, work);
    return true;
  }

  private boolean hasRoom(Lane lane) {
    return lane == Lane.ADMIN
        || running < maxUsers && (lane == Lane.USER || anonymous < maxAnonymous);
  }

  private void count(Lane lane, int change) {
    if (lane != Lane.ADMIN) {
      running += change;
      anonymous += lane == Lane.ANONYMOUS ? change : 0;
    }
  }

  private void process(Lane lane, Runnable work) {
    try {
      work.run();
    } finally {
      synchronized (this) {
        count(lane, -1);
      }
      startWaiting();
    }
  }

  private void startWaiting() {
    for (Lane lane : new Lane[] {Lane.USER, Lane.ANONYMOUS}) {
      for (Optional<Waiting> next = next(lane); next.isPresent(); next = next(lane)) {
        Waiting waiting = next.get();
        try {
          waiting.executor().execute(() -> process(lane, waiting.work()));
        } catch (RuntimeException e) {
          // The server is stopping, or the request has ended meanwhile.
          synchronized (this) {
            count(lane, -1);
          }
        }
      }
    }
  }

  /** Takes the next request of a lane, if there is room for it. */
  private synchronized Optional<Waiting> next(Lane lane) {
    Queue<Waiting> queue = queues.get(lane);
    if (queue == null || queue.isEmpty() || !hasRoom(lane)) {
      return Optional.empty();
    }
    count(lane, 1);
    return Optional.of(queue.remove());
  }
}

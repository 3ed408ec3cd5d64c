/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who subscribes to which build. Subscribers are notified, and read what is new themselves. */
final class Subscriptions {
  private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);

  private final Map<Long, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();

  /** The same Runnable may subscribe twice. */
  private final class Subscriber implements Subscription {
    private final long build;
    private final Runnable onChange;
    private boolean failed;

    Subscriber(long build, Runnable onChange) {
      this.build = build;
      this.onChange = onChange;
    }

    /** One call at a time, and none after one that failed. */
    synchronized void announce() {
      if (failed) {
        return;
      }
      try {
        onChange.run();
      } catch (RuntimeException e) {
        failed = true;
        LOG.warn("A subscriber of build {} failed and was removed", build, e);
        close();
      }
    }

    @Override
    public void close() {
      subscribers.computeIfPresent(
          build,
          (id, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }

  Subscription add(long build, Runnable onChange) {
    Subscriber subscriber = new Subscriber(build, onChange);
    subscribers.compute(
        build,
        (id, all) -> {
          Set<Subscriber> more = all == null ? ConcurrentHashMap.newKeySet() : all;
          more.add(subscriber);
          return more;
        });
    subscriber.announce();
    return subscriber;
  }

  void announce(long build) {
    subscribers.getOrDefault(build, Set.of()).forEach(Subscriber::announce);
  }

  /** The builds that have subscribers. */
  Set<Long> subscribed() {
    return Set.copyOf(subscribers.keySet());
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bootstrapvz.appliance.api.events.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who follows which build. They hold nothing: they are told that there is something to read. */
final class Followers {
  private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

  private final Map<Long, Set<Follower>> followers = new ConcurrentHashMap<>();

  /** One call a follower: the same Runnable may follow twice. */
  private final class Follower implements Subscription {
    private final long build;
    private final Runnable news;

    Follower(long build, Runnable news) {
      this.build = build;
      this.news = news;
    }

    void tell() {
      try {
        news.run();
      } catch (RuntimeException e) {
        LOG.warn("A follower of build {} failed and is not told any more", build, e);
        close();
      }
    }

    @Override
    public void close() {
      followers.computeIfPresent(
          build,
          (id, all) -> {
            all.remove(this);
            return all.isEmpty() ? null : all;
          });
    }
  }

  Subscription add(long build, Runnable news) {
    Follower follower = new Follower(build, news);
    followers.compute(
        build,
        (id, all) -> {
          Set<Follower> more = all == null ? ConcurrentHashMap.newKeySet() : all;
          more.add(follower);
          return more;
        });
    follower.tell();
    return follower;
  }

  void tell(long build) {
    followers.getOrDefault(build, Set.of()).forEach(Follower::tell);
  }

  /** The builds that somebody follows. */
  Set<Long> followed() {
    return Set.copyOf(followers.keySet());
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.bootstrapvz.api.plan.PlanningLimit;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code of bundles while manifests are planned.
 *
 * <p>Without a {@link PlanningLimit}, as on the command line, code runs in the thread of its
 * caller. With one, each call runs in a thread of its own, and nobody waits longer for it than the
 * limit. A bundle of the deploy directory that exceeds the limit is set aside: none of its code is
 * called any more until its jar is replaced.
 */
@Component(service = PluginCalls.class)
public final class PluginCalls {
  /** Maximum number of calls of one bundle at once. */
  static final int MAX_CALLS = 4;

  /** With this many calls that do not return, only bundles of the distribution are called. */
  static final int MAX_STUCK = 12;

  /** Where the engine installs the jars of the deploy directory from. */
  private static final String DEPLOYED = "plugin:";

  /** If all calls of a bundle have taken this long, other callers do not wait for their end. */
  private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final String BUG = "This is a bug in the bundle, not an error in the manifest";

  private final LongPredicate installed;
  private final LongPredicate deployed;

  /** The call that a thread is making; set only in the threads of calls. */
  private final ThreadLocal<@Nullable Call> current = new ThreadLocal<>();

  private volatile @Nullable PlanningLimit limit;

  /** By the id of the bundle. Guarded by this. */
  private final Map<Long, List<Call>> running = new HashMap<>();

  /** Why bundles are not called any more, by their ids. Guarded by this. */
  private final Map<Long, String> setAside = new TreeMap<>();

  /** The number of calls that nobody waits for and that have not returned. Guarded by this. */
  private int stuck;

  /** Called by the container. */
  @Activate
  public PluginCalls(BundleContext context) {
    this(
        id -> context.getBundle(id) != null,
        id -> {
          Bundle bundle = context.getBundle(id);
          return bundle != null && bundle.getLocation().startsWith(DEPLOYED);
        });
  }

  /**
   * @param installed whether a bundle of this id is installed
   * @param deployed whether it is a jar of the deploy directory
   */
  public PluginCalls(LongPredicate installed, LongPredicate deployed) {
    this.installed = installed;
    this.deployed = deployed;
  }

  /** Limits all calls from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindLimit(PlanningLimit limit) {
    this.limit = limit;
  }

  /** Keeps the limit: an appliance whose configuration is being read again remains one. */
  void unbindLimit(PlanningLimit limit) {}

  /** Whether calls are limited in time. */
  public boolean isLimited() {
    return limit != null;
  }

  /** Starts a plan; each owner of code may use as much time in it as the limit. */
  public Session session() {
    return new Session(limit == null ? null : limit.timeout());
  }

  /** Why bundles are not called any more, by their ids, each as a sentence. */
  public synchronized Map<Long, String> setAside() {
    setAside.keySet().removeIf(id -> !installed.test(id));
    return Map.copyOf(setAside);
  }

  /** The calls of one plan. Used by one thread, and by the threads of its calls. */
  public final class Session {
    private final @Nullable Duration timeout;

    /** By the owner of the code. Guarded by this. */
    private final Map<String, Long> usedNanos = new HashMap<>();

    private Session(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    /**
     * Runs code, which must not throw.
     *
     * @param owner of the code: {@code plugin commands}
     * @param purpose as in "failed to …"
     * @return if present, the code was not run, or is still running and was interrupted
     */
    public Optional<Refusal> run(String owner, OwnerBundle bundle, String purpose, Runnable code) {
      if (timeout == null) {
        code.run();
        return Optional.empty();
      }
      Call outer = current.get();
      if (outer != null && outer.isAbandoned()) {
        return Optional.of(new Refusal("is not called, since nobody waits for the result", ""));
      }
      Call call = new Call(owner, bundle, outer, code);
      try {
        Optional<Refusal> refusal = admit(call);
        if (refusal.isPresent()) {
          return refusal;
        }
        return await(call, purpose, timeout);
      } catch (InterruptedException e) {
        abandon(call);
        Thread.currentThread().interrupt();
        return Optional.of(new Refusal("was interrupted before it could " + purpose, ""));
      }
    }

    private Optional<Refusal> await(Call call, String purpose, Duration allowed)
        throws InterruptedException {
      long left;
      synchronized (this) {
        left = allowed.toNanos() - usedNanos.getOrDefault(call.owner, 0L);
      }
      boolean returned = call.await(left);
      synchronized (this) {
        usedNanos.merge(call.owner, call.ownNanos(), Long::sum);
      }
      return returned ? Optional.empty() : Optional.of(tooLong(call, purpose, allowed));
    }
  }

  /** Waits until the bundle of a call may be called, and starts the call. */
  private synchronized Optional<Refusal> admit(Call call) throws InterruptedException {
    long id = call.bundle.id();
    while (true) {
      String reason = setAside.get(id);
      if (reason != null) {
        return Optional.of(
            new Refusal("is set aside: " + reason, "Replace its jar in the deploy directory"));
      }
      if (stuck >= MAX_STUCK && deployed.test(id)) {
        return Optional.of(
            new Refusal(
                "is not called: " + stuck + " calls of other plugins have not returned",
                "Replace the plugins that are set aside, and restart the appliance"));
      }
      List<Call> others = running.getOrDefault(id, List.of());
      // A call within another one must not wait for the end of that.
      if (others.size() < MAX_CALLS || call.outer != null) {
        return start(call);
      }
      long slowIn = SLOW_NANOS - others.stream().mapToLong(Call::ownNanos).max().orElse(SLOW_NANOS);
      if (slowIn <= 0) {
        return Optional.of(
            new Refusal(
                "is busy: " + others.size() + " calls of its bundle have not returned",
                "Try again later"));
      }
      TimeUnit.NANOSECONDS.timedWait(this, slowIn);
    }
  }

  /** Under the lock. */
  private Optional<Refusal> start(Call call) {
    try {
      call.start();
    } catch (OutOfMemoryError e) {
      return Optional.of(
          new Refusal("is not called, since no thread can be created", "Restart the appliance"));
    }
    running.computeIfAbsent(call.bundle.id(), key -> new ArrayList<>()).add(call);
    return Optional.empty();
  }

  private Refusal tooLong(Call call, String purpose, Duration allowed) {
    abandon(call);
    long id = call.bundle.id();
    String failure = "failed to " + purpose + " within " + seconds(allowed);
    boolean isSetAside = deployed.test(id);
    int left;
    synchronized (this) {
      left = stuck;
      if (isSetAside) {
        setAside.put(id, "the " + call.owner + " " + failure);
        notifyAll();
      }
    }
    log()
        .error(
            "The {} of the bundle {} {}. Its thread was interrupted{}. {} calls have not returned",
            call.owner,
            call.bundle,
            failure,
            isSetAside ? ", and the bundle is not called until its jar is replaced" : "",
            left);
    return new Refusal(
        failure, isSetAside ? "It is set aside until its jar is replaced. " + BUG : BUG);
  }

  private static String seconds(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  private synchronized void abandon(Call call) {
    if (call.abandon()) {
      stuck++;
    }
  }

  private synchronized void ended(Call call) {
    List<Call> others = running.get(call.bundle.id());
    if (others != null) {
      others.remove(call);
      if (others.isEmpty()) {
        running.remove(call.bundle.id());
      }
    }
    if (call.end()) {
      stuck--;
    }
    notifyAll();
  }

  /** Created when it is used: most commands log nothing, and setting up a logger takes time. */
  private static Logger log() {
    return LoggerFactory.getLogger(PluginCalls.class);
  }

  /** A call, with the time that it took without the calls that it made itself. */
  private final class Call {
    /** Between two looks at a call that waits for another one. */
    private static final long MIN_WAIT_NANOS = 10_000_000;

    private final String owner;
    private final OwnerBundle bundle;
    private final @Nullable Call outer;
    private final Runnable code;
    private final Thread thread;

    /** Guarded by this, as all below. */
    private long start;

    private long innerNanos;

    /** The call that it made and waits for; null if there is none. */
    private @Nullable Call inner;

    private long innerSince;

    private long finalNanos;
    private boolean ended;
    private boolean abandoned;

    Call(String owner, OwnerBundle bundle, @Nullable Call outer, Runnable code) {
      this.owner = owner;
      this.bundle = bundle;
      this.outer = outer;
      this.code = code;
      // A new one for each call, so that nothing that the code leaves in it reaches another call.
      thread = new Thread(this::run, "bootstrapvz-" + owner.replace(' ', '-'));
      thread.setDaemon(true);
    }

    synchronized void start() {
      thread.start();
      start = System.nanoTime();
    }

    private void run() {
      current.set(this);
      if (outer != null) {
        outer.innerStarted(this);
      }
      try {
        code.run();
      } finally {
        if (outer != null) {
          outer.innerEnded(this);
        }
        PluginCalls.this.ended(this);
      }
    }

    private synchronized void innerStarted(Call call) {
      inner = call;
      innerSince = System.nanoTime();
    }

    private synchronized void innerEnded(Call call) {
      if (inner == call) {
        innerNanos += System.nanoTime() - innerSince;
        inner = null;
      }
    }

    /** The time that its own code has taken so far. */
    synchronized long ownNanos() {
      if (ended) {
        return finalNanos;
      }
      long now = System.nanoTime();
      return now - start - innerNanos - (inner == null ? 0 : now - innerSince);
    }

    /** Waits until its own code has taken this long; returns whether the call ended. */
    synchronized boolean await(long nanos) throws InterruptedException {
      long left;
      while (!ended && (left = nanos - ownNanos()) > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, MIN_WAIT_NANOS));
      }
      return ended;
    }

    synchronized boolean isAbandoned() {
      return abandoned;
    }

    /** Interrupts it, and takes from it what it can; returns whether it is still running. */
    private synchronized boolean abandon() {
      if (ended || start == 0 || abandoned) {
        return false;
      }
      abandoned = true;
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.interrupt();
      if (outer != null) {
        outer.innerEnded(this);
      }
      return true;
    }

    /** Returns whether it had been abandoned. */
    private synchronized boolean end() {
      finalNanos = ownNanos();
      ended = true;
      notifyAll();
      return abandoned;
    }
  }
}

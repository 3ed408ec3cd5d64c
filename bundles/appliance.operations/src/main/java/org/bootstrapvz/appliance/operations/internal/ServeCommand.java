/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code serve}. The launcher calls it on its main thread; its ranking is higher than
 * that of the command line. It returns when the appliance is stopped or cannot run.
 */
@Component(
    service = {Callable.class, ServerStatus.class},
    property = {"main.thread:Boolean=true", "service.ranking:Integer=100"})
public final class ServeCommand implements Callable<Integer>, ServerStatus {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final int FAILED = 3;
  private static final long SECONDS_BETWEEN_LOOKS = 1;

  private final AtomicBoolean announced = new AtomicBoolean();
  private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
  private final CountDownLatch cannotServe = new CountDownLatch(1);
  private final Supplier<List<String>> failures;

  /** Called by the container. */
  @Activate
  public ServeCommand(@Reference ServiceComponentRuntime components) {
    this(new FailedComponents(components)::sentences);
  }

  /**
   * A command that ends if a part of the appliance has failed before the server listens.
   *
   * @param failures a sentence for each part that has failed
   */
  ServeCommand(Supplier<List<String>> failures) {
    this.failures = failures;
  }

  @Override
  public Integer call() {
    try {
      // A part that fails without reporting it here would leave an appliance that never listens.
      while (!cannotServe.await(SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS)) {
        List<String> failed = announced.get() ? List.of() : failures.get();
        if (!failed.isEmpty()) {
          failed(failed);
        }
      }
      // Logged here, as the log may not have been configured when the failure was reported.
      reasons.forEach(reason -> LOG.error("{}", reason));
      return FAILED;
    } catch (InterruptedException e) {
      // The container stops the parts of the appliance.
      return 0;
    }
  }

  @Override
  public void listening(String address) {
    if (reasons.isEmpty() && announced.compareAndSet(false, true)) {
      LOG.info("Listening on {}", address);
      notifySystemd(address);
    }
  }

  /** Java has no datagram sockets of the Unix domain, so the command of systemd is used. */
  private static void notifySystemd(String address) {
    if (System.getenv("NOTIFY_SOCKET") != null) {
      try {
        new ProcessBuilder("systemd-notify", "--ready", "--status=Listening on " + address)
            .inheritIO()
            .start();
      } catch (IOException e) {
        LOG.warn("Could not notify systemd: {}", e.getMessage());
      }
    }
  }

  @Override
  public void firstTokenCreated(Path file) {
    LOG.info("The first token, with the role admin, is in {}", file);
  }

  @Override
  public void failed(List<String> sentences) {
    reasons.addAll(sentences);
    cannotServe.countDown();
  }
}

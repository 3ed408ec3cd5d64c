/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.operations.internal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bootstrapvz.appliance.api.operations.ServerStatus;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code serve}: the launcher calls it on its main thread, before that of the command
 * line, which is there too. It returns when the appliance is asked to stop or cannot serve.
 */
@Component(
    service = {Callable.class, ServerStatus.class},
    property = {"main.thread:Boolean=true", "service.ranking:Integer=100"})
public final class ServeCommand implements Callable<Integer>, ServerStatus {
  private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
  private static final int FAILED = 3;

  private final AtomicBoolean announced = new AtomicBoolean();
  private final Queue<String> reasons = new ConcurrentLinkedQueue<>();
  private final CountDownLatch cannotServe = new CountDownLatch(1);

  /** Called by the container. */
  @Activate
  public ServeCommand() {}

  @Override
  public Integer call() {
    try {
      cannotServe.await();
      // Told here, as at the time of the failure the log may not be as configured yet.
      reasons.forEach(reason -> LOG.error("{}", reason));
      return FAILED;
    } catch (InterruptedException e) {
      // What takes part in the appliance ends what it does when the container stops it.
      return 0;
    }
  }

  @Override
  public void listening(String address) {
    if (announced.compareAndSet(false, true)) {
      LOG.info("serving at {}", address);
      tellSystemd(address);
    }
  }

  /**
   * What systemd listens to is a kind of socket that Java does not have, so its command is used.
   */
  private static void tellSystemd(String address) {
    if (System.getenv("NOTIFY_SOCKET") != null) {
      try {
        new ProcessBuilder("systemd-notify", "--ready", "--status=Serving at " + address)
            .inheritIO()
            .start();
      } catch (IOException e) {
        LOG.warn("systemd was not told that the appliance serves: {}", e.getMessage());
      }
    }
  }

  @Override
  public void firstTokenCreated(Path file) {
    LOG.info("The first token, of an admin, is in {}", file);
  }

  @Override
  public void failed(List<String> sentences) {
    reasons.addAll(sentences);
    cannotServe.countDown();
  }
}

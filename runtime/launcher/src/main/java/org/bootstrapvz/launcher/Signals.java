/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Turns the first INT, TERM or HUP into an interrupt of the thread that runs the command, and ends
 * the process at the second.
 */
final class Signals {

  /** The exit status of a command that a signal ended. */
  static final int INTERRUPTED = 130;

  private final Thread commandThread;

  /** Guarded by this. */
  private boolean received;

  /** Guarded by this. */
  private boolean commandRuns;

  Signals(Thread commandThread) {
    this.commandThread = commandThread;
  }

  /** Listens for signals on behalf of the calling thread. */
  static Signals listen() {
    Signals signals = new Signals(Thread.currentThread());
    // Making the proxy takes some milliseconds that the second core has to spare.
    Thread listener = new Thread(signals::register, "signals");
    listener.setDaemon(true);
    listener.start();
    return signals;
  }

  /**
   * sun.misc.Signal is the only way to hear a signal without the JVM beginning to end; the compiler
   * warns of it, so it is reached by its name.
   */
  private void register() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler onCall =
          (proxy, method, given) -> {
            switch (method.getName()) {
              case "handle":
                received();
                return null;
              case "equals":
                return proxy == given[0];
              case "hashCode":
                return System.identityHashCode(proxy);
              default:
                return "bootstrap-vz signal handler";
            }
          };
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {handlerType}, onCall);
      for (String name : List.of("INT", "TERM", "HUP")) {
        signal
            .getMethod("handle", signal, handlerType)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
      }
    } catch (ReflectiveOperationException e) {
      // A JVM without it ends at the first signal; what a build holds is then given back at the
      // next start.
      System.err.println(
          "bootstrap-vz: This JVM cannot cancel a build on Ctrl+C: " + e.getMessage());
    }
  }

  synchronized void received() {
    if (received) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    received = true;
    if (commandRuns) {
      commandThread.interrupt();
    }
  }

  /** Calls the command, unless a signal was faster. */
  int call(Callable<Integer> command) throws Exception {
    synchronized (this) {
      if (received) {
        return INTERRUPTED;
      }
      commandRuns = true;
    }
    try {
      return command.call();
    } catch (InterruptedException e) {
      return INTERRUPTED;
    } finally {
      synchronized (this) {
        commandRuns = false;
        Thread.interrupted(); // what comes now, the orderly end, must not be cut short
      }
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.launcher;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Converts the first INT, TERM or HUP into an interrupt of the thread that runs the command, and
 * ends the process at the second one.
 */
final class Signals {

  /** The exit status of a command that was ended by a signal. */
  static final int INTERRUPTED = 130;

  private final Thread commandThread;

  /** Guarded by this. */
  private boolean received;

  /** Guarded by this. */
  private boolean commandRuns;

  Signals(Thread commandThread) {
    this.commandThread = commandThread;
  }

  /** Handles signals for the calling thread. */
  static Signals listen() {
    Signals signals = new Signals(Thread.currentThread());
    // Creating the proxy takes some milliseconds, during which the main thread continues.
    Thread listener = new Thread(signals::register, "signals");
    listener.setDaemon(true);
    listener.start();
    return signals;
  }

  /**
   * Only sun.misc.Signal can handle a signal without ending the JVM. The compiler warns about it,
   * so it is used through reflection.
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
      // A JVM without it ends at the first signal; the next start then releases the resources of
      // the build.
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

  /** Calls the command, unless a signal arrived before. */
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
        Thread.interrupted(); // the shutdown that follows must not be interrupted
      }
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.engine.internal.guard.PluginCalls;
import org.bootstrapvz.engine.internal.guard.Refusal;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls code of providers and plugins. Whatever it throws, and that it does not return in time,
 * becomes a problem that names its owner and the bundle.
 */
final class GuardedCalls {
  static final String BUG = "This is a bug in the bundle, not an error in the manifest";

  private static final int MAX_MESSAGE = 500;

  private final FoundProblems problems;
  private final PluginCalls calls;
  private final PluginCalls.Session session;
  private final List<Secret> secrets;

  /**
   * @param problems receives failures
   */
  GuardedCalls(FoundProblems problems, PluginCalls calls) {
    this(problems, calls, calls.session(), List.of());
  }

  private GuardedCalls(
      FoundProblems problems,
      PluginCalls calls,
      PluginCalls.Session session,
      List<Secret> secrets) {
    this.problems = problems;
    this.calls = calls;
    this.session = session;
    this.secrets = secrets;
  }

  /**
   * Calls of the same plan that mask more.
   *
   * @param more masked in messages
   */
  GuardedCalls masking(List<Secret> more) {
    return new GuardedCalls(problems, calls, session, more);
  }

  /** A call, with its result or what it threw. */
  private static final class Attempt<R> implements Runnable {
    private final Supplier<? extends @Nullable R> code;
    private @Nullable R result;
    private @Nullable Throwable thrown;

    Attempt(Supplier<? extends @Nullable R> code) {
      this.code = code;
    }

    @Override
    public void run() {
      try {
        result = code.get();
      } catch (Throwable e) {
        // Third-party code: whatever it throws, only the plan that names it fails.
        thrown = e;
      }
    }
  }

  /**
   * Calls code of an extension.
   *
   * @param purpose as in "failed to …"
   * @return empty if the code returns null or fails
   */
  <R> Optional<R> call(
      NamedExtension<?> extension, String purpose, Supplier<? extends @Nullable R> code) {
    return call(extension.label(), extension.bundle(), extension.named(), purpose, code);
  }

  /**
   * Calls code of a bundle.
   *
   * @param what the owner of the code: {@code plugin commands} @param named the place in the
   *     manifest that names the owner
   * @param purpose as in "failed to …"
   * @return empty if the code returns null or fails
   */
  <R> Optional<R> call(
      String what,
      OwnerBundle bundle,
      ManifestValue named,
      String purpose,
      Supplier<? extends @Nullable R> code) {
    Attempt<R> attempt = new Attempt<>(code);
    Optional<Refusal> refusal = session.run(what, bundle, purpose, attempt);
    if (refusal.isPresent()) {
      report(what, bundle, named, refusal.get().reason(), refusal.get().remedy());
      return Optional.empty();
    }
    if (attempt.thrown != null) {
      String failure = "failed to " + purpose;
      log(what, bundle, failure, attempt.thrown);
      report(what, bundle, named, failure + ": " + masked(description(attempt.thrown)), BUG);
      return Optional.empty();
    }
    return Optional.ofNullable(attempt.result);
  }

  private void report(
      String what, OwnerBundle bundle, ManifestValue named, String failure, String remedy) {
    problems.add(
        new Problem(
            Severity.ERROR,
            named.keyLocation(),
            named.path(),
            "The " + what + " of the bundle " + bundle + " " + failure,
            remedy));
  }

  /** Calls code of an extension that returns nothing. Returns whether it returned. */
  boolean run(NamedExtension<?> extension, String purpose, Runnable code) {
    return run(extension.label(), extension.bundle(), extension.named(), purpose, code);
  }

  /** Calls code of a bundle that returns nothing. Returns whether it returned. */
  boolean run(String what, OwnerBundle bundle, ManifestValue named, String purpose, Runnable code) {
    return call(
            what,
            bundle,
            named,
            purpose,
            () -> {
              code.run();
              return true;
            })
        .isPresent();
  }

  /** Releases a service. A failure is only logged, since the plan does not depend on it. */
  void release(String what, OwnerBundle bundle, Runnable code) {
    Attempt<Boolean> attempt =
        new Attempt<>(
            () -> {
              code.run();
              return true;
            });
    session.run(what, bundle, "be released", attempt);
    Throwable thrown = attempt.thrown;
    if (thrown != null) {
      log(what, bundle, "failed to be released", thrown);
    }
  }

  /** Not an error on the command line, where the message says enough. */
  private void log(String what, OwnerBundle bundle, String failure, Throwable thrown) {
    if (calls.isLimited() && !(thrown instanceof NotActivatedException)) {
      Logger log = LoggerFactory.getLogger(GuardedCalls.class);
      log.error(
          "The {} of the bundle {} {}: {}", what, bundle, failure, masked(stackTrace(thrown)));
    }
  }

  private static String stackTrace(Throwable thrown) {
    try {
      StringWriter text = new StringWriter();
      thrown.printStackTrace(new PrintWriter(text));
      return text.toString();
    } catch (Throwable e) {
      return thrown.getClass().getName();
    }
  }

  /** The class and the first line of the message, which is code of the bundle, too. */
  private static String description(Throwable thrown) {
    if (thrown instanceof NotActivatedException) {
      return String.valueOf(thrown.getMessage());
    }
    String name = thrown.getClass().getName();
    try {
      String text = String.valueOf(thrown.getMessage()).lines().findFirst().orElse("");
      return thrown.getMessage() == null || text.isBlank()
          ? name
          : name
              + ": "
              + (text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text);
    } catch (Throwable e) {
      return name;
    }
  }

  /** Receives what an extension finds wrong, and masks secrets in it. */
  Problems reported() {
    return problem ->
        problems.add(
            new Problem(
                problem.severity(),
                problem.location(),
                problem.path(),
                masked(problem.message()),
                masked(problem.remedy())));
  }

  private String masked(String text) {
    return Secret.masked(text, secrets);
  }
}

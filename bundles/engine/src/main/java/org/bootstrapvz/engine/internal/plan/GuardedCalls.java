/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problem;
import org.bootstrapvz.api.problem.Problem.Severity;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.value.Secret;
import org.bootstrapvz.engine.internal.registry.OwnerBundle;
import org.jspecify.annotations.Nullable;

/** Calls code of providers and plugins; an exception becomes a problem that names the bundle. */
final class GuardedCalls {
  static final String BUG = "This is a bug in the bundle, not an error in the manifest";

  private final FoundProblems problems;
  private final List<Secret> secrets;

  /**
   * @param problems receives failures
   * @param secrets masked in messages
   */
  GuardedCalls(FoundProblems problems, List<Secret> secrets) {
    this.problems = problems;
    this.secrets = secrets;
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
    try {
      return Optional.ofNullable(code.get());
    } catch (RuntimeException | LinkageError e) {
      problems.add(
          new Problem(
              Severity.ERROR,
              named.keyLocation(),
              named.path(),
              "The "
                  + what
                  + " of the bundle "
                  + bundle
                  + " failed to "
                  + purpose
                  + ": "
                  + masked(e.toString()),
              BUG));
      return Optional.empty();
    }
  }

  /** Calls code of an extension that returns nothing. */
  void run(NamedExtension<?> extension, String purpose, Runnable code) {
    call(
        extension,
        purpose,
        () -> {
          code.run();
          return true;
        });
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
    String masked = text;
    for (Secret secret : secrets) {
      if (!secret.reveal().isEmpty()) {
        masked = masked.replace(secret.reveal(), Secret.MASK);
      }
    }
    return masked;
  }
}

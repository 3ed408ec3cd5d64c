/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests unless the user can create mount and PID namespaces. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNamespaces.Condition.class)
@interface NeedsNamespaces {

  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      try {
        Process trial =
            new ProcessBuilder("unshare", "--mount", "--pid", "--fork", "--mount-proc", "true")
                .redirectErrorStream(true)
                .start();
        String said = new String(trial.getInputStream().readAllBytes());
        return trial.waitFor() == 0
            ? ConditionEvaluationResult.enabled("namespaces can be made")
            : ConditionEvaluationResult.disabled("needs root and namespaces: " + said.strip());
      } catch (IOException | InterruptedException e) {
        return ConditionEvaluationResult.disabled("needs unshare: " + e.getMessage());
      }
    }
  }
}

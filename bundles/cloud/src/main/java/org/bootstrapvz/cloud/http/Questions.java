/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.http;

import java.util.ArrayList;
import java.util.List;
import org.bootstrapvz.api.problem.BuildCancelledException;
import org.bootstrapvz.api.problem.BuildException;

/** Asks a cloud questions before a build, and collects what is wrong. Used by one thread. */
public final class Questions {
  private final List<String> problems = new ArrayList<>();

  /** A question to the cloud. */
  @FunctionalInterface
  public interface Question {
    /** Asks it; adds what is wrong. */
    void ask(List<String> problems) throws BuildException;
  }

  /** Asks one. An answer that is an error does not keep the others from being asked. */
  public void ask(Question question) throws BuildCancelledException {
    try {
      question.ask(problems);
    } catch (BuildCancelledException e) {
      throw e;
    } catch (BuildException e) {
      problems.add(String.valueOf(e.getMessage()));
    }
  }

  /** Returns whether nothing is wrong so far. */
  public boolean allWell() {
    return problems.isEmpty();
  }

  /**
   * Ends the questions.
   *
   * @throws BuildException if something is wrong; its message has all of it
   */
  public void end() throws BuildException {
    if (!allWell()) {
      throw new BuildException(String.join("\n", problems));
    }
  }
}

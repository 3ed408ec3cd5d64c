/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bootstrapvz.cli.internal.SamplePlan;
import org.bootstrapvz.document.PlanDocument;

/** Draws the sample plan into a file, to look at while working on the drawing. */
final class SvgPreview {
  private SvgPreview() {}

  public static void main(String[] arguments) throws IOException {
    Files.writeString(
        Path.of(arguments[0]), SvgPlan.of(PlanDocument.of(SamplePlan.of(Path.of("stretch.yml")))));
  }
}

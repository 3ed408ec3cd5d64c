/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.internal.apt;

import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Parses the progress lines that apt-get writes with {@code APT::Status-Fd=1}: {@code
 * dlstatus:3:41.5:Retrieving file 3 of 7} and {@code pmstatus:zstd:80.0:Unpacking zstd}. Consumes
 * these lines; all others are logged.
 */
public final class AptProgress implements Predicate<String> {
  private final BiConsumer<Double, String> progress;

  /**
   * @param progress receives the completed fraction, half each for downloads and installation, and
   *     the current step
   */
  public AptProgress(BiConsumer<Double, String> progress) {
    this.progress = progress;
  }

  @Override
  public boolean test(String line) {
    boolean download = line.startsWith("dlstatus:");
    if (!download && !line.startsWith("pmstatus:") && !line.startsWith("pmerror:")) {
      return false;
    }
    String[] fields = line.split(":", 4);
    if (fields.length < 4) {
      return false;
    }
    try {
      // A package name can include its architecture: pmstatus:libc6:amd64:12.5:Unpacking libc6.
      int shift = fields[2].matches("[0-9.]+") ? 0 : 1;
      String[] exact = line.split(":", 4 + shift);
      double done = Double.parseDouble(exact[2 + shift]) / 200;
      progress.accept(download ? done : 0.5 + done, exact[3 + shift]);
      return true;
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }
}

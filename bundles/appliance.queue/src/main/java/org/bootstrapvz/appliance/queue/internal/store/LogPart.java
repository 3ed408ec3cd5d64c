/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal.store;

/** Splits texts into parts without splitting surrogate pairs. */
public final class LogPart {
  private LogPart() {}

  /** The end of a part that starts at {@code start} and has at most {@code limit} characters. */
  public static int end(CharSequence text, int start, int limit) {
    int end = Math.min(text.length(), start + Math.max(2, limit));
    boolean cut = end < text.length() && Character.isHighSurrogate(text.charAt(end - 1));
    return cut ? end - 1 : end;
  }
}

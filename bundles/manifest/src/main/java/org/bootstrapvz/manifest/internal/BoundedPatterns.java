/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;

/**
 * The patterns of schemas, also of those of plugins. Matching a long text can take very long, or
 * overflow the stack, so that long texts match no pattern.
 */
final class BoundedPatterns implements RegularExpressionFactory {
  /** More than any name, address or line that a pattern describes. */
  private static final int MAX_LENGTH = 4096;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return text -> {
      try {
        return text.length() <= MAX_LENGTH && pattern.matcher(text).find();
      } catch (StackOverflowError e) {
        return false;
      }
    };
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The answer of a fake.
 *
 * @param body empty if there is none
 */
record Answer(int status, Map<String, String> headers, byte[] body) {
  static Answer of(int status) {
    return new Answer(status, Map.of(), new byte[0]);
  }

  static Answer of(int status, Map<String, String> headers, String json) {
    return new Answer(status, headers, json.getBytes(StandardCharsets.UTF_8));
  }
}

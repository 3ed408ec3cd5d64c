/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request of the HTTP API. Immutable.
 *
 * @param path the path with the query, encoded
 */
record ApiRequest(String method, String path, Map<String, String> headers, String body) {
  ApiRequest {
    headers = Map.copyOf(headers);
  }

  static ApiRequest of(String method, String path) {
    return new ApiRequest(method, path, Map.of(), "");
  }

  /** The same request with one more header. */
  ApiRequest header(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ApiRequest(method, path, more, body);
  }

  /** The same request with a body. */
  ApiRequest body(String type, String text) {
    return new ApiRequest(method, path, header("Content-Type", type).headers(), text);
  }
}

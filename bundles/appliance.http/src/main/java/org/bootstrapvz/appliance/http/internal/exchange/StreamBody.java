/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.OptionalLong;
import org.bootstrapvz.appliance.api.http.Response;

/** A body that is sent piece by piece, without a thread that waits for the connection. */
public interface StreamBody extends Response.Body {
  /** The content type. */
  String type();

  /** The number of bytes; empty if it is not known in advance. */
  OptionalLong length();

  /** Starts to send the body with {@link AsyncResponse#start}; not called for HEAD. */
  void start(AsyncContext context) throws IOException;
}

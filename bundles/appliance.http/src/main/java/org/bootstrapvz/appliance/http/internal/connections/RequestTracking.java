/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.connections;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Informs a connection about its requests, and requests about their {@link Peer}. */
final class RequestTracking implements HttpConfiguration.Customizer {
  /**
   * A client without a token may send this many requests on a connection. A client may send the
   * next requests before it gets answers; then a thread processes them one after the other.
   */
  private static final int MAX_UNKNOWN_REQUESTS = 32;

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    while (endPoint instanceof EndPoint.Wrapper wrapper) {
      endPoint = wrapper.unwrap();
    }
    if (!(endPoint instanceof GuardedEndPoint guarded)) {
      return request;
    }
    request.setAttribute(Peer.ATTRIBUTE, guarded);
    if (guarded.request() >= MAX_UNKNOWN_REQUESTS
        && guarded.standing() == GuardedConnection.Standing.UNKNOWN) {
      responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    }
    Progress progress = guarded.progress();
    boolean withBody = hasBody(request.getHeaders());
    progress.requested(withBody);
    Request.addCompletionListener(request, failure -> progress.answered());
    return withBody ? new BodyTracking(request, progress) : request;
  }

  private static boolean hasBody(HttpFields headers) {
    return headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0;
  }

  /** Notices the end of the body. */
  private static final class BodyTracking extends Request.Wrapper {
    private final Progress progress;

    BodyTracking(Request request, Progress progress) {
      super(request);
      this.progress = progress;
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        progress.bodyReceived();
      }
      return chunk;
    }
  }
}

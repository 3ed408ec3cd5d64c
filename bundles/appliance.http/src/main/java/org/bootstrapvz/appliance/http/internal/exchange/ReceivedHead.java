/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.exchange;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.http.RequestHead;

/**
 * A copy of the head of a request. The server reuses its own objects for the next request, and code
 * of other bundles may hold on to what it gets.
 */
public class ReceivedHead implements RequestHead {
  private final String method;
  private final String path;
  private final String remoteAddress;
  private final boolean secure;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, String> cookies = new HashMap<>();

  /** Copies a head. */
  public ReceivedHead(HttpServletRequest request) {
    method = request.getMethod();
    path = request.getRequestURI();
    remoteAddress = Optional.ofNullable(request.getRemoteAddr()).orElse("");
    secure = request.isSecure();
    Collections.list(request.getHeaderNames())
        .forEach(name -> headers.putIfAbsent(name, request.getHeader(name)));
    Stream.ofNullable(request.getCookies())
        .flatMap(Stream::of)
        .forEach((Cookie cookie) -> cookies.putIfAbsent(cookie.getName(), cookie.getValue()));
  }

  /** Copies a copy. */
  ReceivedHead(ReceivedHead other) {
    method = other.method;
    path = other.path;
    remoteAddress = other.remoteAddress;
    secure = other.secure;
    headers.putAll(other.headers);
    cookies.putAll(other.cookies);
  }

  @Override
  public final String method() {
    return method;
  }

  @Override
  public final String path() {
    return path;
  }

  @Override
  public final Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public final Optional<String> cookie(String name) {
    return Optional.ofNullable(cookies.get(name));
  }

  @Override
  public final String remoteAddress() {
    return remoteAddress;
  }

  @Override
  public final boolean secure() {
    return secure;
  }
}

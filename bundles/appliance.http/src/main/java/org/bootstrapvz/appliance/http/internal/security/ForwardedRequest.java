/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request as the client sent it to a proxy. */
final class ForwardedRequest extends HttpServletRequestWrapper {
  private static final String HOST = "Host";

  private final TrustedProxies proxies;

  ForwardedRequest(HttpServletRequest request, TrustedProxies proxies) {
    super(request);
    this.proxies = proxies;
  }

  /** The last value, which is that of the nearest proxy. */
  private Optional<String> forwarded(String header) {
    return Optional.ofNullable(super.getHeader("X-Forwarded-" + header))
        .map(value -> value.substring(value.lastIndexOf(',') + 1).strip())
        .filter(value -> !value.isEmpty());
  }

  @Override
  public boolean isSecure() {
    return forwarded("Proto").map("https"::equalsIgnoreCase).orElseGet(super::isSecure);
  }

  @Override
  public String getRemoteAddr() {
    String proxy = super.getRemoteAddr();
    String chain = super.getHeader("X-Forwarded-For");
    return chain == null ? proxy : proxies.client(chain, proxy);
  }

  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase(HOST)
        ? forwarded(HOST).orElse(super.getHeader(HOST))
        : super.getHeader(name);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    Optional<String> host = name.equalsIgnoreCase(HOST) ? forwarded(HOST) : Optional.empty();
    return host.isPresent()
        ? Collections.enumeration(Collections.singleton(host.get()))
        : super.getHeaders(name);
  }
}

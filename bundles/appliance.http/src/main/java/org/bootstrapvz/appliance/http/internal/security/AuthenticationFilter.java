/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.bootstrapvz.appliance.api.audit.AuditLog;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.audit.RefusedAccess;
import org.bootstrapvz.appliance.http.internal.exchange.ReceivedHead;
import org.bootstrapvz.appliance.http.internal.exchange.Responses;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * The first to see a request. Takes the client from the headers of a trusted proxy, refuses
 * requests for another host, ambiguous ones, and strangers at the local socket, and attaches an
 * {@link Authentication} to the others. Without it the API refuses every route that needs a role.
 */
@Component(
    service = {Filter.class, AuthenticationFilter.class},
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@HttpWhiteboardFilterPattern("/*")
@HttpWhiteboardFilterAsyncSupported
public final class AuthenticationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  /** Of these headers, two parties could each see another one. */
  private static final List<String> SINGLE =
      List.of("Authorization", "Host", "Origin", "Content-Type");

  /** For a year, browsers use no connection without TLS. */
  private static final String STRICT_TRANSPORT = "max-age=31536000";

  /** TRACE would repeat the headers of the request, with its token. */
  private static final Set<String> REFUSED_METHODS = Set.of("TRACE", "CONNECT");

  private final transient Authenticators authenticators;
  private final transient Supplier<HostNames> hosts;
  private final transient TrustedProxies proxies;
  private final transient RefusedAccess refusals;

  /** Called by the container. */
  @Activate
  public AuthenticationFilter(
      HttpConfiguration configuration,
      @Reference Authenticators authenticators,
      @Reference AuditLog log,
      @Reference ServerCertificate certificate) {
    this(
        authenticators,
        hosts(configuration, certificate),
        new TrustedProxies(configuration.trustedProxies()),
        new RefusedAccess(log));
  }

  /** Creates a filter. */
  public static AuthenticationFilter of(
      Authenticators authenticators,
      Supplier<HostNames> hosts,
      TrustedProxies proxies,
      RefusedAccess refusals) {
    return new AuthenticationFilter(authenticators, hosts, proxies, refusals);
  }

  private AuthenticationFilter(
      Authenticators authenticators,
      Supplier<HostNames> hosts,
      TrustedProxies proxies,
      RefusedAccess refusals) {
    this.authenticators = authenticators;
    this.hosts = hosts;
    this.proxies = proxies;
    this.refusals = refusals;
  }

  /** A renewed certificate may have other names. */
  private static Supplier<HostNames> hosts(
      HttpConfiguration configuration, ServerCertificate certificate) {
    return () -> {
      List<String> names = new ArrayList<>(List.of(configuration.hosts()));
      names.add(HostNames.literal(configuration.address()));
      names.addAll(certificate.names());
      return new HostNames(names);
    };
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<LocalCaller> local = LocalCaller.of(request);
    boolean proxied =
        local.isEmpty()
            && proxies.contains(Optional.ofNullable(request.getRemoteAddr()).orElse(""));
    HttpServletRequest own = proxied ? new ForwardedRequest(request, proxies) : request;
    if (own.isSecure()) {
      response.setHeader("Strict-Transport-Security", STRICT_TRANSPORT);
    }
    ReceivedHead head = new ReceivedHead(own);
    Authentication authentication = new Authentication(authenticators, head, local, refusals);
    try {
      checkHeaders(own);
      checkHost(own);
      authentication.refuseStranger();
    } catch (HttpProblem problem) {
      Responses.refuse(request, response, problem);
      return;
    }
    authentication.attach(own);
    chain.doFilter(own, response);
  }

  private static void checkHeaders(HttpServletRequest request) throws HttpProblem {
    for (String name : SINGLE) {
      if (Collections.list(request.getHeaders(name)).size() > 1) {
        throw HttpProblem.badRequest("The request has the header " + name + " twice");
      }
    }
    if (REFUSED_METHODS.contains(request.getMethod())) {
      throw new HttpProblem(405, "The method " + request.getMethod() + " is not allowed");
    }
  }

  private void checkHost(HttpServletRequest request) throws HttpProblem {
    String header = Optional.ofNullable(request.getHeader("Host")).orElse("");
    String local = Optional.ofNullable(request.getLocalAddr()).orElse("");
    if (!hosts.get().accepts(header, local)) {
      throw new HttpProblem(
          421,
          "The host name \""
              + HostNames.name(header)
              + "\" is not accepted; to accept it, add it to hosts in "
              + HttpConfiguration.PID
              + ".cfg");
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.security;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bootstrapvz.appliance.api.http.HttpProblem;
import org.bootstrapvz.appliance.api.http.RequestHead;
import org.bootstrapvz.appliance.http.internal.HttpConfiguration;
import org.bootstrapvz.appliance.http.internal.exchange.ReceivedHead;
import org.bootstrapvz.appliance.http.internal.exchange.Responses;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterAsyncSupported;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardFilterPattern;

/**
 * The first to see a request of the API. Refuses requests for another host and strangers at the
 * local socket, and attaches an {@link Authentication} to the others. Without it the API refuses
 * every route that needs a role.
 */
@Component(
    service = {Filter.class, AuthenticationFilter.class},
    configurationPid = HttpConfiguration.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@HttpWhiteboardFilterPattern({"/api/*", "/health", "/metrics"})
@HttpWhiteboardFilterAsyncSupported
public final class AuthenticationFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final transient Authenticators authenticators;
  private final boolean onLoopback;
  private final transient Set<String> hosts;

  /** Called by the container. */
  @Activate
  public AuthenticationFilter(
      HttpConfiguration configuration, @Reference Authenticators authenticators)
      throws IOException {
    this(
        authenticators,
        InetAddress.getByName(configuration.address()).isLoopbackAddress(),
        Stream.of(configuration.hosts())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  /**
   * Creates a filter.
   *
   * @param onLoopback whether the server listens on a loopback address
   * @param hosts the accepted host names besides those of the loopback; if empty, any, unless the
   *     server listens on a loopback address
   */
  public AuthenticationFilter(
      Authenticators authenticators, boolean onLoopback, Set<String> hosts) {
    this.authenticators = authenticators;
    this.onLoopback = onLoopback;
    this.hosts = Set.copyOf(hosts);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    RequestHead head = new ReceivedHead(request);
    Optional<LocalCaller> local = LocalCaller.of(request);
    try {
      checkHost(head);
      if (local.isPresent()) {
        local.get().identity();
      }
    } catch (HttpProblem problem) {
      Responses.refuse(request, response, problem);
      return;
    }
    new Authentication(authenticators, head, local).attach(request);
    chain.doFilter(request, response);
  }

  /**
   * A page of another site can let its own name resolve to the address of this machine, so that the
   * browser of a visitor sends requests here; but then they name the host of that page.
   */
  private void checkHost(RequestHead request) throws HttpProblem {
    if (!onLoopback && hosts.isEmpty()) {
      return;
    }
    String host = request.header("Host").orElse("");
    String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    if (!LOOPBACK.contains(name) && !hosts.contains(name)) {
      throw new HttpProblem(
          421,
          "The host name \""
              + name
              + "\" is not accepted; to accept it, add it to hosts in "
              + HttpConfiguration.PID
              + ".cfg");
    }
  }
}

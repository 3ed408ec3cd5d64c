/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.bootstrapvz.api.extension.ExtensionCatalog;
import org.bootstrapvz.api.host.Machine;
import org.bootstrapvz.api.plan.Planner;
import org.bootstrapvz.appliance.api.RecordedAudit;
import org.bootstrapvz.appliance.api.builds.Builds;
import org.bootstrapvz.appliance.api.events.BuildEvents;
import org.bootstrapvz.appliance.api.history.BuildHistory;
import org.bootstrapvz.appliance.api.http.Authenticator;
import org.bootstrapvz.appliance.api.http.HttpResource;
import org.bootstrapvz.appliance.api.operations.Health;
import org.bootstrapvz.appliance.api.operations.StateDirectory;
import org.bootstrapvz.appliance.http.internal.audit.RefusedAccess;
import org.bootstrapvz.appliance.http.internal.extension.ExtensionThreads;
import org.bootstrapvz.appliance.http.internal.resources.AboutResources;
import org.bootstrapvz.appliance.http.internal.resources.AccessResources;
import org.bootstrapvz.appliance.http.internal.resources.AuditResource;
import org.bootstrapvz.appliance.http.internal.resources.BuildResources;
import org.bootstrapvz.appliance.http.internal.resources.DescriptionResource;
import org.bootstrapvz.appliance.http.internal.resources.DrawingResource;
import org.bootstrapvz.appliance.http.internal.resources.EventStreams;
import org.bootstrapvz.appliance.http.internal.resources.ManifestResources;
import org.bootstrapvz.appliance.http.internal.resources.OperationsResources;
import org.bootstrapvz.appliance.http.internal.routing.RouteTable;
import org.bootstrapvz.appliance.http.internal.security.Access;
import org.bootstrapvz.appliance.http.internal.security.AuthenticationFilter;
import org.bootstrapvz.appliance.http.internal.security.Authenticators;
import org.bootstrapvz.appliance.http.internal.security.HostNames;
import org.bootstrapvz.appliance.http.internal.security.SessionAuthenticator;
import org.bootstrapvz.appliance.http.internal.security.TokenAuthenticator;
import org.bootstrapvz.appliance.http.internal.security.TrustedProxies;
import org.bootstrapvz.appliance.http.internal.server.ApiServlet;
import org.bootstrapvz.testkit.TestMachine;
import org.bootstrapvz.testkit.TestSandbox;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;

/** The API, assembled without a container. */
final class TestApi {
  /** How long a call of another bundle may take. */
  static final Duration EXTENSION_TIMEOUT = Duration.ofSeconds(1);

  static final int MAX_STREAMS_PER_IDENTITY = 60;

  /** Those that process requests. */
  private static final int THREADS = 6;

  /** Does not run programs for arm64. */
  private static final Machine MACHINE =
      new TestMachine(new TestSandbox()).withoutEmulator("arm64");

  final RecordedAudit audit = new RecordedAudit();
  final Access access;
  final EventStreams streams;
  final RouteTable table;
  final Authenticators authenticators;
  private final ExtensionThreads threads = ExtensionThreads.of(EXTENSION_TIMEOUT);
  private final AuthenticationFilter filter;
  private final ApiServlet servlet;

  <B extends Builds & BuildHistory & BuildEvents> TestApi(
      Path directory,
      B builds,
      Planner planner,
      ExtensionCatalog catalog,
      Health health,
      int heartbeatSeconds,
      int maxBodyBytes,
      String... proxies)
      throws Exception {
    access = new Access(directory, Instant::now);
    table = RouteTable.of(TestService.OWN_BUNDLE, threads);
    authenticators = Authenticators.of(TestService.OWN_BUNDLE, threads);
    streams =
        new EventStreams(
            builds,
            builds,
            request -> EventStreams.keepsAccess(authenticators, request),
            MAX_STREAMS_PER_IDENTITY,
            heartbeatSeconds);
    for (HttpResource resource :
        List.of(
            new BuildResources(builds, builds, builds, streams, audit),
            new ManifestResources(planner, MACHINE, stateIn(directory)),
            new AccessResources(access, audit),
            new AuditResource(audit),
            new AboutResources(builds, builds, catalog),
            new OperationsResources(builds, builds, streams, health),
            new DrawingResource(),
            new DescriptionResource(table))) {
      table.bindResource(TestService.own(resource));
    }
    for (Authenticator authenticator :
        List.of(new TokenAuthenticator(access), new SessionAuthenticator(access))) {
      authenticators.bindAuthenticator(TestService.own(authenticator));
    }
    filter =
        AuthenticationFilter.of(
            authenticators,
            () -> new HostNames(List.of("images.example.org")),
            new TrustedProxies(proxies),
            new RefusedAccess(audit));
    servlet = new ApiServlet(table, maxBodyBytes, THREADS);
  }

  /** Adds the API to a context. */
  void addTo(ServletContextHandler context, String pattern) {
    FilterHolder filterHolder = new FilterHolder(filter);
    filterHolder.setAsyncSupported(true);
    context.addFilter(filterHolder, pattern, EnumSet.of(DispatcherType.REQUEST));
    ServletHolder servletHolder = new ServletHolder(servlet);
    servletHolder.setAsyncSupported(true);
    context.addServlet(servletHolder, pattern);
  }

  void close() {
    streams.close();
    threads.close();
  }

  private static StateDirectory stateIn(Path directory) {
    return new StateDirectory() {
      @Override
      public Path path() {
        return directory;
      }

      @Override
      public Path scratch() {
        return directory;
      }

      @Override
      public String instance() {
        return "0a1b2c3d";
      }
    };
  }
}

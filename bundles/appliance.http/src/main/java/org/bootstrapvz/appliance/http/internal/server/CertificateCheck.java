/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.http.internal.server;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.bootstrapvz.appliance.http.internal.security.ServerCertificate;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Checks that clients accept the certificate, and for how long. */
@Component(property = HealthCheck.NAME + "=certificate")
public final class CertificateCheck implements HealthCheck {
  private final ServerCertificate certificate;

  /** Called by the container. */
  @Activate
  public CertificateCheck(@Reference ServerCertificate certificate) {
    this.certificate = certificate;
  }

  @Override
  public Result execute() {
    ServerCertificate.State state = certificate.state();
    if (state.critical()) {
      return new Result(Result.Status.CRITICAL, state.message());
    }
    return new Result(
        state.message().isEmpty() ? Result.Status.OK : Result.Status.WARN, state.message());
  }
}

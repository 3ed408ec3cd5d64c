/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.osgi.service.component.annotations.Component;

/** Sends a request to the proxy, to warn early if it does not answer. */
@Component
@TaskDefinition(description = "Checking that the apt proxy answers", phase = Phase.VALIDATION)
public final class CheckAptProxy implements Task {
  private static final int CONNECT_TIMEOUT_MILLIS = 5000;

  @Override
  public void run(Build build) throws IOException {
    ManifestValue settings = build.manifest().at("plugins.apt_proxy");
    String address = SetAptProxy.host(settings) + "/";
    HttpURLConnection connection =
        (HttpURLConnection) URI.create("http://" + address).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setReadTimeout(CONNECT_TIMEOUT_MILLIS);
    connection.setInstanceFollowRedirects(false);
    try {
      // The response does not matter: most proxies reject this request.
      connection.getResponseCode();
    } catch (IOException e) {
      build.warn(
          "The apt proxy http://"
              + address
              + " does not answer ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + "). Check plugins.apt_proxy.address and port");
    } finally {
      connection.disconnect();
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.plugin.apt_proxy;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.task.Build;
import org.bootstrapvz.api.task.Phase;
import org.bootstrapvz.api.task.Task;
import org.bootstrapvz.api.task.TaskDefinition;
import org.bootstrapvz.common.apt.AptUpdate;
import org.osgi.service.component.annotations.Component;

/** Configures apt in the image to use the proxy. */
@Component
@TaskDefinition(
    description = "Setting the proxy of apt",
    phase = Phase.PACKAGE_INSTALLATION,
    successors = AptUpdate.class)
public final class SetAptProxy implements Task {
  static final String FILE = "etc/apt/apt.conf.d/02proxy";

  @Override
  public void run(Build build) throws IOException {
    ManifestValue settings = build.manifest().at("plugins.apt_proxy");
    boolean secret = settings.get("username").exists();
    String user =
        secret
            ? quoted(settings.get("username").text())
                + ":"
                + quoted(settings.get("password").secret().reveal())
                + "@"
            : "";
    build
        .root()
        .write(
            FILE,
            "Acquire::http::Proxy \"http://" + user + host(settings) + "/\";\n",
            secret ? 0600 : 0644);
  }

  /** Address and port. */
  static String host(ManifestValue settings) {
    String address = settings.get("address").text();
    return (address.contains(":") ? "[" + address + "]" : address)
        + ":"
        + settings.get("port").text();
  }

  private static String quoted(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cloud.aws;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.cloud.http.HttpConnection;
import org.bootstrapvz.cloud.http.Response;
import org.bootstrapvz.cloud.http.RetryingClient;

/** A service that takes forms and answers with XML: EC2 and STS. Used by one thread. */
public final class QueryApi {
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  private final HttpConnection connection;
  private final RetryingClient client;
  private final URI address;
  private final String version;
  private final BinaryOperator<String> remedy;

  /**
   * Creates a client of a service.
   *
   * @param version of the API: {@code 2016-11-15}
   * @param remedy returns what a user does about an error code of an action; empty if nothing is
   *     known
   */
  public QueryApi(
      HttpConnection connection,
      RetryingClient client,
      URI address,
      String version,
      BinaryOperator<String> remedy) {
    this.connection = connection;
    this.client = client;
    this.address = address;
    this.version = version;
    this.remedy = remedy;
  }

  /**
   * Sends a request that may be processed twice without harm.
   *
   * @param what what an error says that the service does not do: {@code does not list images}
   * @throws AwsException if the service refuses it
   */
  public XmlElement call(String action, String what, Map<String, String> parameters)
      throws BuildException {
    Map<String, String> all = new TreeMap<>(parameters);
    all.put("Action", action);
    all.put("Version", version);
    String form =
        all.entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    String digest = SignatureV4.sha256(form.getBytes(StandardCharsets.UTF_8));
    Response response =
        client.repeatable(
            () ->
                HttpRequest.newBuilder(address)
                    .setHeader("Content-Type", FORM)
                    .setHeader(AwsSession.PAYLOAD, digest)
                    .POST(BodyPublishers.ofString(form)));
    if (!response.isSuccess()) {
      throw new AwsException(
          connection.server(), what, response, remedy.apply(action, AwsError.of(response).code()));
    }
    return XmlElement.parse(response.text());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

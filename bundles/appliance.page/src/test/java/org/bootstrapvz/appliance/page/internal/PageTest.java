/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.page.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.bootstrapvz.appliance.api.MadeUpBuilds;
import org.bootstrapvz.appliance.http.internal.PageServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir private Path folder;
  private final MadeUpBuilds builds = new MadeUpBuilds();
  private final HttpClient client = HttpClient.newHttpClient();
  private PageServer server;

  @BeforeEach
  void serve() throws Exception {
    server =
        new PageServer(
            new PageServlet(), folder, builds, new MadeUpPlanner(builds.plan()), List::of);
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void everyFileThatThePageNamesIsThereWithItsType() throws Exception {
    String page = get("").body();
    List<String> named =
        Pattern.compile("\"(page/[^\"]+)\"").matcher(page).results().map(m -> m.group(1)).toList();
    assertTrue(named.size() > 10, named.toString());
    for (String file : named) {
      HttpResponse<String> response = get(file);
      assertEquals(200, response.statusCode(), file);
      String kind = file.substring(file.lastIndexOf('.') + 1);
      String type =
          switch (kind) {
            case "js" -> "text/javascript;charset=utf-8";
            case "css" -> "text/css;charset=utf-8";
            default -> "image/svg+xml";
          };
      assertEquals(type, header(response, "Content-Type").replace(" ", ""), file);
    }
  }

  /** One that is not would be found only after those that import it: one more round trip. */
  @Test
  void everyImportedModuleIsPreloaded() throws Exception {
    String page = get("").body();
    for (String module : page.split("page/")) {
      String name = module.replaceFirst("(?s)\".*", "");
      if (name.matches("[a-z]+\\.js")) {
        Pattern.compile("from '\\./([a-z]+\\.js)'")
            .matcher(get("page/" + name).body())
            .results()
            .map(MatchResult::group)
            .map(line -> line.replaceAll(".*/|'", ""))
            .forEach(used -> assertTrue(page.contains("page/" + used), name + " needs " + used));
      }
    }
  }

  @Test
  void aBrowserMayRunAndLoadNothingButFilesOfThePage() throws Exception {
    for (String path : List.of("", "page/main.js", "page/nothing.js")) {
      String policy = header(get(path), "Content-Security-Policy");
      String allowed = path.contains("nothing") ? "" : " script-src 'self';";
      assertTrue(policy.startsWith("default-src 'none';" + allowed), policy);
      assertTrue(policy.contains("frame-ancestors 'none'"), policy);
      assertTrue(!policy.contains("unsafe"), policy);
      assertEquals("nosniff", header(get(path), "X-Content-Type-Options"));
    }
  }

  @Test
  void cachedFilesAreNotSentAgain() throws Exception {
    HttpResponse<String> first = get("page/page.css");
    HttpResponse<String> again = get("page/page.css", "If-None-Match", header(first, "ETag"));
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
  }

  @Test
  void nothingElseOfTheBundleIsServed() throws Exception {
    for (String path :
        List.of(
            "index.html",
            "page",
            "page/",
            "page/index.html",
            "page/Page.class",
            "page/../http/openapi.json",
            "page/..%2fhttp%2fopenapi.json",
            "page/%2e%2e/store/001.sql",
            "page//etc/passwd")) {
      int status = get(path).statusCode();
      assertTrue(status == 404 || status == 400, path + " gave " + status);
    }
  }

  @Test
  void aPathThatDoesNotExistIsAProblem() throws Exception {
    HttpResponse<String> response = get("page/nothing.js");
    assertEquals(404, response.statusCode());
    assertEquals("application/problem+json", header(response, "Content-Type"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
    assertTrue(response.body().contains("\"status\":404"), response.body());
  }
}

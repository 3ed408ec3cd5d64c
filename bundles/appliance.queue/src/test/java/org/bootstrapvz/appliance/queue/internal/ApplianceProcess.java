/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An appliance in a process of its own, so that it can be killed. */
final class ApplianceProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  /**
   * @param url the database; empty for a file in the folder
   */
  ApplianceProcess(Path folder, String name, String url, String user, String... offers)
      throws IOException {
    this(folder, new TestSettings().with("name", name).with("url", url).with("user", user), offers);
  }

  /**
   * @param settings only texts
   */
  ApplianceProcess(Path folder, TestSettings settings, String... offers) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ApplianceProcess.class.getName(), folder.toString(), settings.text()));
    command.addAll(List.of(offers));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    if (!"ready".equals(answers.readLine())) {
      throw new IOException("The appliance in " + folder + " did not start");
    }
  }

  long pid() {
    return process.pid();
  }

  /** Has it submit a manifest. */
  long submit(String manifest) throws IOException {
    process
        .getOutputStream()
        .write((manifest.replace('\n', ';') + "\n").getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    return Long.parseLong(answers.readLine());
  }

  /** Kills it without a warning. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Suspends it, as a machine is whose memory is full or that is moved. */
  void suspend() throws IOException, InterruptedException {
    signal("STOP");
  }

  /** Ends the suspension. */
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill ended with " + status);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** Submits what it reads, a manifest a line, and answers with the numbers of the builds. */
  public static void main(String[] arguments) throws IOException {
    List<String> words = List.of(arguments);
    TestSettings settings = TestSettings.of(words.get(1));
    ScriptedBuilder builder =
        new ScriptedBuilder(words.subList(2, words.size()).toArray(new String[0]));
    try (TestAppliance appliance = new TestAppliance(Path.of(words.get(0)), builder, settings);
        BufferedReader manifests =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      TestAppliance.await(() -> appliance.queue().status().trouble().isEmpty());
      System.out.println("ready");
      for (String manifest = manifests.readLine();
          manifest != null;
          manifest = manifests.readLine()) {
        System.out.println(appliance.submit(manifest.replace(';', '\n')).id());
      }
    }
  }
}

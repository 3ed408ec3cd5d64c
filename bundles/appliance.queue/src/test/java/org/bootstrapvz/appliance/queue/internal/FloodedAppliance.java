/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.queue.internal;

import java.nio.file.Path;
import org.bootstrapvz.appliance.api.builds.BuildState;
import org.bootstrapvz.appliance.api.builds.BuildSummary;
import org.bootstrapvz.appliance.api.events.LogText;

/** Runs a build that prints very much, and another one next to it, in a process of its own. */
final class FloodedAppliance {
  private FloodedAppliance() {}

  /** The first argument is the state directory, the second the kilobytes. */
  public static void main(String[] arguments) throws Exception {
    ScriptedBuilder builder = new ScriptedBuilder("provider:kvm");
    TestSettings settings = new TestSettings().with("concurrency", 2).with("maxLogSize", "4MiB");
    try (TestAppliance appliance = new TestAppliance(Path.of(arguments[0]), builder, settings)) {
      BuildSummary flood = appliance.submit("flood: " + arguments[1] + "\n");
      for (int i = 0; i < 5; i++) {
        BuildSummary other = appliance.submit("log: 100\n");
        appliance.await(other.id(), BuildState.SUCCEEDED);
      }
      appliance.await(flood.id(), BuildState.SUCCEEDED);
      int events = 0;
      long characters = 0;
      String end = "";
      for (LogText part = appliance.queue().log(flood.id(), 0, 1 << 16);
          !part.text().isEmpty();
          part = appliance.queue().log(flood.id(), part.next(), 1 << 16)) {
        characters += part.text().length();
        end = part.text();
      }
      for (long after = 0; ; events += 1000, after += 1000) {
        int more = appliance.queue().events(flood.id(), after, 1000).size();
        if (more < 1000) {
          events += more;
          break;
        }
      }
      System.out.println("log " + characters + " events " + events);
      System.out.println(end.substring(end.lastIndexOf('[')).strip());
    }
  }
}

package @package@;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.bootstrapvz.testkit.PluginTest;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestTaskSet;
import org.junit.jupiter.api.Test;

class @class@PluginTest extends PluginTest<@class@Plugin> {
  @class@PluginTest() {
    super("@name@", new @class@Plugin());
  }

  @Test
  void aTextIsRequired() {
    assertOneProblem("{}", "The key `text` is missing");
  }

  @Test
  void theTaskIsSelected() {
    assertEquals(
        Set.of("Write@class@"),
        TestTaskSet.selectedBy(plugin, check("{text: Hello}")).names());
  }

  @Test
  void theTextIsWrittenWithItsVariablesExpanded() throws Exception {
    try (TestBuild build = newBuild("{text: 'made of {system.release}'}")) {
      new Write@class@().run(build);

      assertEquals("made of trixie\n", build.root().read("etc/@name@"));
    }
  }
}

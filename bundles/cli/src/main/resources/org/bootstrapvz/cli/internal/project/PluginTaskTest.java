package @package@;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Write@class@Test {
  @TempDir Path folder;

  @Test
  void theTextIsWrittenWithItsVariablesExpanded() throws Exception {
    TestManifest manifest = new TestManifest().with("plugins.@name@.text", "made of {system.release}");
    try (TestBuild build = new TestBuild(manifest, folder)) {
      new Write@class@().run(build);

      assertEquals("made of trixie\n", build.root().read("etc/@name@"));
    }
  }
}

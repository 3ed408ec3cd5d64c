package @package@;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bootstrapvz.api.problem.BuildException;
import org.bootstrapvz.testkit.ManifestChecker;
import org.bootstrapvz.testkit.TestBuild;
import org.bootstrapvz.testkit.TestManifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class @class@ProviderTest {
  @TempDir Path folder;

  private List<String> problems(String manifest) {
    ManifestChecker checker = new ManifestChecker(folder);
    checker.check(manifest, new @class@Provider(), "");
    return checker.problems();
  }

  @Test
  void anImageMustBeRaw() throws Exception {
    String manifest = Files.readString(Path.of("manifest.yml"));
    assertEquals(List.of(), problems(manifest));

    List<String> problems = problems(manifest.replace("backing: raw", "backing: qcow2"));
    assertEquals(1, problems.size(), problems.toString());
  }

  @Test
  void theDescriptionStaysWhenTheBuildIsOver() throws Exception {
    Path file = folder.resolve("image.txt");
    TestManifest manifest = new TestManifest().with("provider.text", "made of {system.release}");
    try (TestBuild build = new TestBuild(manifest, folder)) {
      new Describe@class@().run(build);

      assertEquals(List.of(file), build.delivered());
    }
    assertEquals("image: made of trixie\n", Files.readString(file));
  }

  @Test
  void anOlderDescriptionIsNotOverwritten() throws Exception {
    Files.createFile(folder.resolve("image.txt"));
    try (TestBuild build = new TestBuild(new TestManifest(), folder)) {
      assertThrows(BuildException.class, () -> new Describe@class@().run(build));
    }
  }
}

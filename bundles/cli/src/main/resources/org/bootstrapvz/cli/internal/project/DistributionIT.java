package @package@;

import java.nio.file.Path;
import org.bootstrapvz.testkit.DistributionContract;

/** What bootstrap-vz expects of every @kind@, with the jar in its deploy directory. */
class DistributionIT extends DistributionContract {
  @Override
  protected Path jar() {
    return Path.of(System.getProperty("jar"));
  }

  @Override
  protected Path manifest() {
    return Path.of("manifest.yml");
  }
}

package @package@;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

/** What bootstrap-vz expects of every plugin. */
class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new @class@Plugin();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().with("plugins.@name@.text", "Hello");
  }
}

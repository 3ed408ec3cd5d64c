package @package@;

import org.bootstrapvz.api.extension.Extension;
import org.bootstrapvz.testkit.ExtensionContract;
import org.bootstrapvz.testkit.TestManifest;

/** What bootstrap-vz expects of every provider. */
class ContractTest extends ExtensionContract {
  @Override
  protected Extension extension() {
    return new @class@Provider();
  }

  @Override
  protected TestManifest manifest() {
    return new TestManifest().with("provider.name", "@name@").with("provider.text", "Hello");
  }
}

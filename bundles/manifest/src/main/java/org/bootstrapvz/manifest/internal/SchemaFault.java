/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;

/** An error of the library with its paths as plain lists. */
record SchemaFault(List<String> at, SchemaPath via, String property, Object[] arguments) {
  static SchemaFault of(Error error) {
    List<String> via = new ArrayList<>(Schemas.steps(error.getEvaluationPath()));
    return new SchemaFault(
        Schemas.steps(error.getInstanceLocation()),
        new SchemaPath(via),
        error.getProperty(),
        error.getArguments());
  }
}

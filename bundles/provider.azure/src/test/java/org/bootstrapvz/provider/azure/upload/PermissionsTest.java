/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.azure.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class PermissionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'actions': ['*']}                                                  | true",
        "{'actions': ['microsoft.compute/DISKS/*']}                          | true",
        "{'actions': ['*/write']}                                            | true",
        "{'actions': ['*/read']}                                             | false",
        "{'actions': ['Microsoft.Compute/disks/wri']}                        | false",
        "{'actions': ['*'], 'notActions': ['Microsoft.Compute/*/write']}     | false",
        "{'actions': ['*'], 'notActions': ['*']}, {'actions': ['*/write']}   | true",
        "{'actions': []}                                                     | false",
      })
  void anAsteriskStandsForAnyTextAndEachPermissionTakesFromItselfOnly(
      String permissions, boolean allowed) {
    List<String> wanted = List.of("Microsoft.Compute/disks/write");
    assertEquals(
        allowed ? List.of() : wanted,
        Permissions.of(
                JsonMapper.shared()
                    .readTree("{\"value\": [" + permissions.replace('\'', '"') + "]}"))
            .missing(wanted));
  }
}

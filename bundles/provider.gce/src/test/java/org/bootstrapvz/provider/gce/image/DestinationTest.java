/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.provider.gce.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "gs://images,''",
    "gs://images/,''",
    "gs://images/debian,debian/",
    "gs://images/debian/,debian/",
    "gs://images/a-b/C.1,a-b/C.1/"
  })
  void thePrefixGetsItsOwnSlash(String text, String prefix) {
    assertEquals(Optional.of(new Destination("images", prefix)), Destination.of(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "images",
        "s3://images/",
        "gs://",
        "gs://Images/",
        "gs://i/",
        "gs://images/*",
        "gs://images/a b/"
      })
  void othersAreNone(String text) {
    assertEquals(Optional.empty(), Destination.of(text));
  }

  @Test
  void theTextOfALabelHasOnlyWhatGoogleAccepts() {
    assertEquals("build-01-example-org_x", ImageName.label("Build-01.example.org_x"));
    assertEquals("a".repeat(63), ImageName.label("a".repeat(70)));
  }
}

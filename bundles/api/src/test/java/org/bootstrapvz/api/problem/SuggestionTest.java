/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The word that a user probably intended. */
class SuggestionTest {
  private static void assertNearest(String nearest, String word, String... candidates) {
    assertEquals(Optional.ofNullable(nearest), Suggestion.nearest(word, List.of(candidates)));
  }

  @Test
  void aLetterMayBeMissingTooMuchWrongOrSwapped() {
    assertNearest("grub", "grb", "extlinux", "grub");
    assertNearest("grub", "grubb", "extlinux", "grub");
    assertNearest("grub", "grab", "extlinux", "grub");
    assertNearest("grub", "gurb", "extlinux", "grub");
  }

  @Test
  void caseAndDashesDoNotCount() {
    assertNearest("root_password", "Root-Password", "root_pasword", "root_password");
  }

  @Test
  void theNearestIsSuggested() {
    assertNearest("mountopts", "mount_opts", "mount", "mountopts");
    assertNearest("ext3", "ext3", "ext2", "ext3");
  }

  @Test
  void ofEquallyNearWordsTheFirstInTheAlphabetIsSuggested() {
    assertNearest("ext2", "ext5", "ext4", "ext3", "ext2");
  }

  @Test
  void aWordOfFiveLettersMayDifferInTwo() {
    assertNearest("trixie", "trixy", "trixie");
  }

  @Test
  void aDistantWordIsNotSuggested() {
    assertNearest(null, "foo", "grub", "extlinux");
    assertNearest(null, "trix", "trixie");
    assertNearest(null, "foo");
  }
}

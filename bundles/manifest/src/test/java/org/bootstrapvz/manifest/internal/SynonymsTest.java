/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.manifest.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SynonymsTest {
  private static final List<String> ARCHITECTURES = List.of("i386", "amd64", "arm64");

  @Test
  void aWordOfAnotherToolIsTranslated() {
    assertEquals(Optional.of("amd64"), Synonyms.nearest("x86_64", ARCHITECTURES));
    assertEquals(Optional.of("amd64"), Synonyms.nearest("X86-64", ARCHITECTURES));
    assertEquals(Optional.of("arm64"), Synonyms.nearest("aarch64", ARCHITECTURES));
    assertEquals(Optional.of("username"), Synonyms.nearest("user", List.of("username", "uid")));
    assertEquals(Optional.of("ext4"), Synonyms.nearest("ext5", List.of("ext2", "ext3", "ext4")));
  }

  @Test
  void aTranslationThatIsNotAllowedIsNotSuggested() {
    assertEquals(Optional.empty(), Synonyms.nearest("x86_64", List.of("arm64", "riscv64")));
    assertEquals(Optional.of("uses"), Synonyms.nearest("user", List.of("uses")));
  }
}

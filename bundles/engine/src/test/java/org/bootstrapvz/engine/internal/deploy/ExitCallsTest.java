/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCallsTest {
  static class Exiting {
    void check() {
      System.exit(1);
    }
  }

  static class Halting {
    static {
      Runtime.getRuntime().halt(1);
    }
  }

  static class RuntimeExiting {
    RuntimeExiting() {
      Runtime.getRuntime().exit(1);
    }
  }

  static class Referring {
    IntConsumer end() {
      return System::exit;
    }
  }

  static class InLambda {
    Runnable end() {
      return () -> System.exit(1);
    }
  }

  static class Program {
    public static void main(String[] arguments) {
      System.exit(arguments.length);
    }
  }

  /** Has the names, but calls nothing that ends the process. */
  static class Innocent {
    String text() {
      exit();
      return "exit java/lang/System " + System.lineSeparator() + Runtime.getRuntime();
    }

    void exit() {}
  }

  private static byte[] classFile(Class<?> type) throws IOException {
    try (InputStream in = type.getResourceAsStream(name(type).replaceFirst(".*/", ""))) {
      return in.readAllBytes();
    }
  }

  private static String name(Class<?> type) {
    return type.getName().replace('.', '/') + ".class";
  }

  private static byte[] jar(String entry, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("first.txt"));
      zip.closeEntry();
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static Optional<String> refusal(Class<?> type) throws IOException {
    return ExitCalls.refusal(jar(name(type), classFile(type)));
  }

  @ParameterizedTest
  @CsvSource({
    "Exiting, System.exit in the method check",
    "Halting, Runtime.halt in the static initializer",
    "RuntimeExiting, Runtime.exit in the constructor",
    "Referring, System.exit in the method end",
    "InLambda, System.exit in the method lambda$end$0",
  })
  void aJarThatEndsTheProcessIsRefusedWithClassAndMethod(String name, String where)
      throws Exception {
    // Not initialized: that would end this process.
    Class<?> type =
        Class.forName(
            ExitCallsTest.class.getName() + "$" + name,
            false,
            ExitCallsTest.class.getClassLoader());
    assertEquals(
        "calls "
            + where
            + " of its class "
            + type.getName()
            + ", which would end the process with all its builds; throw an exception instead",
        refusal(type).orElseThrow());
  }

  @Test
  void theMainMethodOfALibraryAndEqualNamesAreAccepted() throws IOException {
    assertEquals(Optional.empty(), refusal(Program.class));
    assertEquals(Optional.empty(), refusal(Innocent.class));
  }

  @Test
  void aJarWithinTheJarIsReadToo() throws IOException {
    byte[] inner = jar(name(Exiting.class), classFile(Exiting.class));
    assertTrue(ExitCalls.refusal(jar("lib/inner.jar", inner)).isPresent());
  }

  @Test
  void aClassThatCannotBeReadIsNamed() throws IOException {
    byte[] content = classFile(Exiting.class);
    assertTrue(
        ExitCalls.refusal(jar("a/B.class", Arrays.copyOf(content, content.length - 40)))
            .orElseThrow()
            .startsWith("has the class a/B.class, which cannot be read"));
    content[7] = 99; // the version
    assertTrue(
        ExitCalls.refusal(jar("a/B.class", content))
            .orElseThrow()
            .startsWith("has the class a/B.class, which cannot be read"));
  }
}

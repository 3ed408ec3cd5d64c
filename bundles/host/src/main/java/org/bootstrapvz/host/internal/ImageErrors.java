/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.host.internal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Errors that name a file by its path in the image, not by its path on the host. */
final class ImageErrors {
  private ImageErrors() {}

  /** A path of the image as messages show it. */
  static String shown(String path) {
    return path.startsWith("/") ? path : "/" + path;
  }

  /** An access to a file of the image. */
  @FunctionalInterface
  interface Access<T> {
    T get() throws IOException;
  }

  /** Runs an access and passes on its errors with the path in the image. */
  static <T> T run(String path, Access<T> access) throws IOException {
    String file = shown(path) + " of the image";
    try {
      return access.get();
    } catch (CharacterCodingException e) {
      throw new FileSystemException(file, null, "it is not UTF-8 text");
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file, null, "there is no such file");
    } catch (FileSystemLoopException e) {
      throw new FileSystemException(file, null, "its symbolic links form a loop");
    } catch (FileSystemException e) {
      String kind = e.getClass().getSimpleName().replace("Exception", "");
      String words = kind.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
      throw new FileSystemException(file, null, e.getReason() == null ? words : e.getReason());
    }
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads a path. The converters are classes and no lambdas: classes are in the archive of classes,
 * lambdas are made at each start.
 */
final class PathConverter implements ITypeConverter<Path> {
  static final PathConverter ONE = new PathConverter();

  private PathConverter() {}

  @Override
  public Path convert(String text) {
    return Path.of(text);
  }
}

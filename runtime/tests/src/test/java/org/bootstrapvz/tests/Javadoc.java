/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.tests;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Finds missing Javadoc in the sources, since class files do not contain it. */
final class Javadoc {
  private Javadoc() {}

  /** The package and the public types in a directory without Javadoc, by file. */
  static List<String> missingIn(Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> entries = Files.list(directory)) {
      files = entries.filter(path -> path.toString().endsWith(".java")).sorted().toList();
    }
    List<String> missing = new ArrayList<>();
    if (!files.contains(directory.resolve("package-info.java"))) {
      missing.add(directory.resolve("package-info.java").toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        documented(unit)
            .filter(path -> comments.getDocComment(path) == null)
            .forEach(path -> missing.add(unit.getSourceFile().getName()));
      }
    }
    return missing;
  }

  /**
   * The elements that need Javadoc: the package declaration of a package-info, otherwise the public
   * types.
   */
  private static Stream<TreePath> documented(CompilationUnitTree unit) {
    TreePath top = new TreePath(unit);
    if (unit.getSourceFile().getName().endsWith("package-info.java")) {
      return Stream.of(new TreePath(top, unit.getPackage()));
    }
    return unit.getTypeDecls().stream()
        .filter(Javadoc::isPublic)
        .map(type -> new TreePath(top, type));
  }

  private static boolean isPublic(Tree tree) {
    return tree instanceof ClassTree type
        && type.getModifiers().getFlags().contains(Modifier.PUBLIC);
  }
}

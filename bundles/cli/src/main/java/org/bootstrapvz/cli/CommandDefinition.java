/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/** Names a {@link Command}, as service properties of its component. */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface CommandDefinition {
  /** Prefix of the service properties. */
  String PREFIX_ = "bootstrapvz.command.";

  /** The word that the user types. */
  String name();

  /** What the command does, in one line, as an imperative without a full stop. */
  String summary();

  /** The section of the help that lists the command. */
  CommandCategory category() default CommandCategory.OTHER;

  /** The place within the section; commands of the same order are sorted by name. */
  int order() default 1000;
}

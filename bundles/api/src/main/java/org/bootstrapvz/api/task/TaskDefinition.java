/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.task;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Requirement;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * The position of a task in the order, as service properties of its component. Classes are written
 * as their names, so naming a class adds no import at run time.
 *
 * <p>{@link #predecessors} and {@link #successors} name tasks that the bundle compiles against;
 * {@link #after} and {@link #before} name tasks of other bundles by id, and apply only if such a
 * task is registered. {@link #requires}, {@link #collects}, {@link #collectsAtLeastOne} and {@link
 * #provides} name the types of values that tasks pass to each other through the {@link Build}. They
 * also define an order: the tasks that provide a type run before the tasks that require or collect
 * it.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Requirement(namespace = "osgi.extender", name = "osgi.component", version = "1.3.0")
public @interface TaskDefinition {
  /** Prefix of the service properties: {@code bootstrapvz.task.phase} and so on. */
  String PREFIX_ = "bootstrapvz.task.";

  /**
   * The purpose of the task in a few words, for messages: {@code Generating the selected locale}.
   */
  String description();

  /** The phase the task belongs to. */
  Phase phase();

  /** Tasks that run before this one. */
  Class<? extends Task>[] predecessors() default {};

  /** Tasks that run after this one. */
  Class<? extends Task>[] successors() default {};

  /** Ids of tasks that run before this one if they are registered. */
  String[] after() default {};

  /** Ids of tasks that run after this one if they are registered. */
  String[] before() default {};

  /**
   * Types of values that exactly one task of the task set provides. A plan with none or with
   * several such tasks is an error.
   */
  Class<?>[] requires() default {};

  /** Types of values that any number of tasks of the task set provide, including none. */
  Class<?>[] collects() default {};

  /**
   * Types of values that one or more tasks of the task set provide. A plan without such a task is
   * an error.
   */
  Class<?>[] collectsAtLeastOne() default {};

  /** Types of values that this task provides. */
  Class<?>[] provides() default {};

  /**
   * Commands of the host that the task runs, each with its Debian package: {@code qemu-img
   * (qemu-utils)}. All of them are checked before the first task runs.
   */
  String[] commands() default {};
}

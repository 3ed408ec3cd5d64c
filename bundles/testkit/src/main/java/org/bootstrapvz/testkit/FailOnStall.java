/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Interrupts a test that stalls, and lets it fail. Use it in place of JUnit's {@code @Timeout},
 * which limits the time that a test takes and therefore fails on a slow machine.
 *
 * @see StallDetector
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(StallExtension.class)
public @interface FailOnStall {}

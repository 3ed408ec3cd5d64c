/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.appliance.api.http;

import java.util.Optional;
import org.bootstrapvz.appliance.api.access.Identity;
import org.osgi.annotation.versioning.ProviderType;

/** A request that matches a route. Immutable; remains valid after the request has been answered. */
@ProviderType
public interface Request extends RequestHead {
  /**
   * The decoded value of a variable of the route's path.
   *
   * @throws IllegalArgumentException if the path has no such variable
   */
  String variable(String name);

  /** A parameter of the query; empty if it is missing or its value is empty. */
  Optional<String> query(String name);

  /**
   * An integer parameter of the query.
   *
   * @param fallback the value if the parameter is missing
   * @param min the smallest valid value
   * @param max the largest valid value
   * @throws HttpProblem with status 400 if the value is not such a number
   */
  long query(String name, long fallback, long min, long max) throws HttpProblem;

  /**
   * The body as text. Its size is limited by the configuration of the appliance.
   *
   * @throws HttpProblem with status 400 if it is not UTF-8
   */
  String body() throws HttpProblem;

  /**
   * The body, a JSON object, as an instance of a record or another class that Jackson can create.
   *
   * @throws HttpProblem with status 400 if the body is not such an object, or has unknown members
   */
  <T> T json(Class<T> type) throws HttpProblem;

  /**
   * The authenticated caller.
   *
   * @throws IllegalStateException if the route needs no authentication
   */
  Identity caller();
}

@NullMarked
package org.bootstrapvz.provider.ec2.connection;

import org.jspecify.annotations.NullMarked;

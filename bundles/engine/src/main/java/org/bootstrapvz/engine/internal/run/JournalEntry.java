/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.engine.internal.run;

import org.bootstrapvz.api.resource.ResourceSpec;

/**
 * A resource in a journal.
 *
 * @param number its number within the journal, in order of acquisition
 * @param nonce its name, see {@link org.bootstrapvz.api.resource.Resource#nonce}
 * @param spec what was acquired
 */
record JournalEntry(int number, String nonce, ResourceSpec spec) {}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.api.repository;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How an index is signed.
 *
 * @param certificates PEM file with the certificate of the signer, then its chain
 * @param key PEM file with the private key of the certificate (PKCS #8, not encrypted)
 * @param validity how long the index is valid
 */
public record IndexSigning(Path certificates, Path key, Duration validity) {}

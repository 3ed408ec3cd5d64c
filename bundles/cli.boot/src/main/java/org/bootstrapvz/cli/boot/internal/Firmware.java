/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.boot.internal;

/** What starts the bootloader of an image. */
enum Firmware {
  BIOS,
  UEFI
}

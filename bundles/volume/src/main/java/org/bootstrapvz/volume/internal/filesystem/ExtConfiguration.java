/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import org.bootstrapvz.api.manifest.Release;
import org.bootstrapvz.api.volume.TreeSize;

/**
 * The configuration of mke2fs. The host's own is not used: it enables features that the kernel,
 * fsck and GRUB of an older release cannot read.
 */
final class ExtConfiguration {
  private static final int SMALL_RATIO = 4096;
  private static final int RATIO = 16_384;
  private static final long SMALL = 512L << 20;

  private ExtConfiguration() {}

  /** The text of the configuration file for an image of a release. */
  static String text(Release release) {
    // Stretch is the first release whose tools support both.
    String since9 = release.atLeast(9) ? ",metadata_csum,64bit" : "";
    return """
        [defaults]
          base_features = sparse_super,large_file,filetype,resize_inode,dir_index,ext_attr
          default_mntopts = acl,user_xattr
          enable_periodic_fsck = 0
          blocksize = 4096
          inode_size = 256
          inode_ratio = %d
        [fs_types]
          ext3 = {
            features = has_journal
          }
          ext4 = {
            features = has_journal,extent,huge_file,flex_bg,dir_nlink,extra_isize%s
          }
          floppy = {
            inode_ratio = %d
          }
          small = {
            inode_ratio = %d
          }
        """
        .formatted(RATIO, since9, SMALL_RATIO, SMALL_RATIO);
  }

  /** Bytes per inode in a filesystem of that many blocks. */
  static int bytesPerInode(long blocks) {
    return blocks * TreeSize.BLOCK < SMALL ? SMALL_RATIO : RATIO;
  }
}

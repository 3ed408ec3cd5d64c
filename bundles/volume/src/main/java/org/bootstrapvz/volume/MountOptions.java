/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The options that a filesystem can be mounted with. One it does not know keeps an image from
 * booting, which is better told before the build.
 */
final class MountOptions {
  private static final String ANY =
      """
      defaults auto noauto user nouser users nousers owner noowner group nogroup exec noexec suid
      nosuid dev nodev ro rw sync async dirsync atime noatime diratime nodiratime relatime norelatime
      strictatime nostrictatime lazytime nolazytime iversion noiversion silent loud mand nomand
      symfollow nosymfollow _netdev nofail bind rbind private shared slave
      comment= context= fscontext= defcontext= rootcontext= seclabel helper= uhelper=
      """;
  private static final String EXT =
      """
      acl noacl user_xattr nouser_xattr bsddf minixdf check nocheck check= debug nodebug errors= grpid
      nogrpid bsdgroups sysvgroups quota noquota usrquota grpquota prjquota nouid32 resuid= resgid=
      sb= oldalloc orlov bh nobh usrjquota= grpjquota= jqfmt= test_dummy_encryption
      """;
  private static final String JOURNAL =
      """
      data= commit= barrier barrier= nobarrier norecovery noload journal_dev= journal_path=
      journal_checksum nojournal_checksum journal_async_commit journal_ioprio= data_err=
      """;
  private static final String EXT4 =
      """
      delalloc nodelalloc max_batch_time= min_batch_time= auto_da_alloc auto_da_alloc= noauto_da_alloc
      init_itable init_itable= noinit_itable discard nodiscard block_validity noblock_validity
      dioread_lock dioread_nolock max_dir_size_kb= i_version nombcache no_mbcache stripe=
      inode_readahead_blks= abort inlinecrypt dax dax= prefetch_block_bitmaps
      no_prefetch_block_bitmaps mb_optimize_scan= lazytime nolazytime warn_on_error nowarn_on_error
      """;
  private static final String BTRFS =
      """
      acl noacl autodefrag noautodefrag barrier nobarrier check_int check_int_data clear_cache commit=
      compress compress= compress-force compress-force= datacow nodatacow datasum nodatasum degraded
      device= discard discard= nodiscard enospc_debug noenospc_debug fatal_errors= flushoncommit
      noflushoncommit fragment= inode_cache noinode_cache max_inline= metadata_ratio= nologreplay
      norecovery rescan_uuid_tree rescue= recovery usebackuproot skip_balance space_cache space_cache=
      nospace_cache ssd ssd_spread nossd nossd_spread subvol= subvolid= thread_pool= treelog notreelog
      user_subvol_rm_allowed
      """;
  private static final String XFS =
      """
      allocsize= attr2 noattr2 discard nodiscard dax dax= grpid nogrpid bsdgroups sysvgroups
      filestreams ikeep noikeep inode32 inode64 largeio nolargeio logbufs= logbsize= logdev= rtdev=
      noalign norecovery nouuid noquota quota usrquota uquota uqnoenforce qnoenforce gquota grpquota
      gqnoenforce pquota prjquota pqnoenforce sunit= swidth= swalloc wsync
      """;

  private MountOptions() {}

  /** Those of the options, several of which may stand in one text, that nobody knows. */
  static List<String> unknown(Filesystem filesystem, List<String> options) {
    Set<String> known = known(filesystem);
    List<String> unknown = new ArrayList<>();
    for (String option : String.join(",", options).split(",", -1)) {
      String name = option.strip().replaceFirst("=.*", "=");
      boolean free = name.matches("[xX][-.].+");
      if (!free && !known.contains(name)) {
        unknown.add(option);
      }
    }
    return unknown;
  }

  /** The options of a filesystem, those that take a value with an equals sign. */
  static Set<String> known(Filesystem filesystem) {
    String own =
        switch (filesystem) {
          case EXT2 -> EXT;
          case EXT3 -> EXT + JOURNAL;
          case EXT4 -> EXT + JOURNAL + EXT4;
          case BTRFS -> BTRFS;
          case XFS -> XFS;
          case VFAT, SWAP -> "";
        };
    return new TreeSet<>(List.of((ANY + own).split("\\s+")));
  }
}

/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.volume.internal.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bootstrapvz.api.manifest.ManifestValue;
import org.bootstrapvz.api.problem.Problems;
import org.bootstrapvz.api.problem.Suggestion;

/**
 * The options that filesystems can be mounted with. An image with an unknown option does not boot,
 * so it is reported before the build.
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
  private static final String EXT4_ONLY =
      """
      delalloc nodelalloc max_batch_time= min_batch_time= auto_da_alloc auto_da_alloc= noauto_da_alloc
      init_itable init_itable= noinit_itable discard nodiscard block_validity noblock_validity
      dioread_lock dioread_nolock max_dir_size_kb= i_version nombcache no_mbcache stripe=
      inode_readahead_blks= abort inlinecrypt dax dax= prefetch_block_bitmaps
      no_prefetch_block_bitmaps mb_optimize_scan= lazytime nolazytime warn_on_error nowarn_on_error
      """;
  private static final String BTRFS_ONLY =
      """
      acl noacl autodefrag noautodefrag barrier nobarrier check_int check_int_data clear_cache commit=
      compress compress= compress-force compress-force= datacow nodatacow datasum nodatasum degraded
      device= discard discard= nodiscard enospc_debug noenospc_debug fatal_errors= flushoncommit
      noflushoncommit fragment= inode_cache noinode_cache max_inline= metadata_ratio= nologreplay
      norecovery rescan_uuid_tree rescue= recovery usebackuproot skip_balance space_cache space_cache=
      nospace_cache ssd ssd_spread nossd nossd_spread subvol= subvolid= thread_pool= treelog notreelog
      user_subvol_rm_allowed
      """;
  private static final String XFS_ONLY =
      """
      allocsize= attr2 noattr2 discard nodiscard dax dax= grpid nogrpid bsdgroups sysvgroups
      filestreams ikeep noikeep inode32 inode64 largeio nolargeio logbufs= logbsize= logdev= rtdev=
      noalign norecovery nouuid noquota quota usrquota uquota uqnoenforce qnoenforce gquota grpquota
      gqnoenforce pquota prjquota pqnoenforce sunit= swidth= swalloc wsync
      """;

  /** The options of ext2 and of all filesystems. */
  static final MountOptions EXT2 = new MountOptions(ANY + EXT);

  /** The options of ext3. */
  static final MountOptions EXT3 = new MountOptions(ANY + EXT + JOURNAL);

  /** The options of ext4. */
  static final MountOptions EXT4 = new MountOptions(ANY + EXT + JOURNAL + EXT4_ONLY);

  /** The options of btrfs. */
  static final MountOptions BTRFS = new MountOptions(ANY + BTRFS_ONLY);

  /** The options of xfs. */
  static final MountOptions XFS = new MountOptions(ANY + XFS_ONLY);

  /** More unknown options of a partition are not listed one by one. */
  private static final int MAX_LISTED = 20;

  private static final int MAX_SHOWN = 60;

  private final Set<String> known;

  private MountOptions(String words) {
    known = new TreeSet<>(List.of(words.strip().split("\\s+")));
  }

  /** Reports the mount options of a partition that its filesystem does not know. */
  void check(ManifestValue partition, Problems problems) {
    String filesystem = partition.get("filesystem").text();
    int listed = 0;
    for (ManifestValue option : partition.get("mountopts").items()) {
      for (String unknown : unknown(option.text())) {
        if (++listed > MAX_LISTED) {
          problems.error(
              option,
              "The filesystem " + filesystem + " does not know other mount options either",
              "Correct the first ones");
          return;
        }
        problems.error(
            option,
            "The filesystem " + filesystem + " has no mount option " + shown(unknown),
            Suggestion.nearest(unknown, known)
                .map(name -> "Did you mean " + name + "?")
                .orElse("Remove it"));
      }
    }
  }

  private static String shown(String option) {
    return option.length() <= MAX_SHOWN ? option : option.substring(0, MAX_SHOWN) + "…";
  }

  /** The unknown options in a text, which can contain several, separated by commas. */
  private List<String> unknown(String text) {
    List<String> unknown = new ArrayList<>();
    for (String option : text.split(",", -1)) {
      String name = option.strip().replaceFirst("(?s)=.*", "=");
      boolean free =
          name.length() > 2
              && "xX".indexOf(name.charAt(0)) >= 0
              && "-.".indexOf(name.charAt(1)) >= 0;
      if (!free && !known.contains(name)) {
        unknown.add(option);
      }
    }
    return unknown;
  }
}

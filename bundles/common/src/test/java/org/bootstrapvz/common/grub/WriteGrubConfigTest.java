/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.common.grub;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.bootstrapvz.common.kernel.KernelParameter;
import org.junit.jupiter.api.Test;

class WriteGrubConfigTest {
  @Test
  void settingsReplaceDefaultsAndParametersKeepTheirOrder() {
    String text =
        WriteGrubConfig.text(
            List.of(
                new GrubSetting("GRUB_TIMEOUT", "0"),
                new GrubSetting("GRUB_TERMINAL", "serial"),
                GrubSetting.of("GRUB_DISABLE_RECOVERY", true),
                new GrubSetting("GRUB_TERMINAL", "console")),
            List.of(new KernelParameter("console=ttyS0,115200n8"), new KernelParameter("quiet")));

    assertEquals(
        """
        # Written by bootstrap-vz. Run update-grub after changing it.
        GRUB_DEFAULT=0
        GRUB_TIMEOUT=0
        GRUB_DISTRIBUTOR="Debian"
        GRUB_CMDLINE_LINUX="console=ttyS0,115200n8 quiet"
        GRUB_TERMINAL="console"
        GRUB_DISABLE_RECOVERY="true"
        """,
        text);
  }

  @Test
  void aShellReadsEveryValueUnchanged() throws Exception {
    String value = "a \"b\" $HOME `id` \\ 'c'";

    String text = WriteGrubConfig.text(List.of(new GrubSetting("GRUB_X", value)), List.of());

    Process shell =
        new ProcessBuilder("sh", "-c", text + "printf %s \"$GRUB_X\"")
            .redirectErrorStream(true)
            .start();
    assertEquals(value, new String(shell.getInputStream().readAllBytes()));
  }
}

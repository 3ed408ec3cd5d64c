/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.internal.init;

import java.nio.file.Path;
import java.util.Locale;

/**
 * The text of a manifest to start with.
 *
 * @param file the file to write, as the user named it
 * @param platform where the image runs
 * @param release the code name of the release
 * @param architecture Debian's name of the architecture
 * @param size the size of the root filesystem
 * @param login how its user logs in
 */
record NewManifest(
    Path file, Platform platform, String release, String architecture, String size, Login login) {

  /** The name of the image: that of the file. */
  String name() {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    return (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^A-Za-z0-9_.-]", "-");
  }

  /** The manifest with comments. */
  String text() {
    return head()
        + """
        ---
        # The name of the image and of its file. {system.release} and the like stand for values of this manifest.
        name: "%s"

        """
            .formatted(name())
        + provider()
        + """

        # The image is written to this directory, relative to that in which the build is started.
        bootstrapper:
          workspace: images
          variant: minbase            # only the packages that a system needs, and those named below
          include_packages: [netbase]

        system:
          release: %s
          architecture: %s
        """
            .formatted(release, architecture)
        + boot()
        + """
          charmap: UTF-8
          locale: en_US
          timezone: UTC
        """
        + (login instanceof Login.Container ? "" : "  hostname: \"%s\"\n".formatted(hostName()))
        + """

        # Packages to install besides.
        packages:
          install: [ca-certificates]

        """
        + volume()
        + plugins();
  }

  private String hostName() {
    String label = name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = label.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "debian" : trimmed.substring(0, Math.min(63, trimmed.length()));
  }

  private String head() {
    String start =
        "# Debian %s for %s. All keys: docs/manifest.md\n".formatted(release, platform.title);
    String build =
        login instanceof Login.Password
            ? "#   export BOOTSTRAP_VZ_VAR_PASSWORD      # the password of the user, set before\n"
            : "";
    return start + build + "#   bootstrap-vz build " + file + "\n" + use();
  }

  private String use() {
    return switch (platform) {
      case KVM ->
          "#   bootstrap-vz boot images/"
              + name()
              + ".qcow2 --ssh-port 2222      # in QEMU; Ctrl+A X ends it\n"
              + (login instanceof Login.Key key
                  ? "#   ssh -p 2222 " + key.user() + "@localhost\n"
                  : "");
      case DOCKER ->
          "#   docker load --input images/"
              + name()
              + ".tar\n#   docker run --interactive --tty "
              + name()
              + " bash\n";
    };
  }

  private String provider() {
    return """
    # The platform that the image is for.
    provider:
      name: %s
    """
        .formatted(platform.provider());
  }

  private String boot() {
    return platform == Platform.DOCKER
        ? "  bootloader: none\n"
        : "  bootloader: grub\n"
            + (architecture.equals("amd64")
                ? "  firmware: hybrid            # boots with BIOS and with UEFI\n"
                : "");
  }

  private String volume() {
    return """
    volume:
      backing: %s
      partitions:
        type: %s
        root:
          filesystem: ext4
          size: %s
    """
        .formatted(platform.backing, platform == Platform.DOCKER ? "none" : "gpt", size);
  }

  private String plugins() {
    if (login instanceof Login.Key key) {
      return """

      # The user who can log in by SSH with this key, and use sudo. The root filesystem grows with the disk.
      plugins:
        admin_user:
          username: "%s"
          pubkey: "%s"
        expand_root: {}
      """
          .formatted(key.user(), escaped(key.key().toString()));
    }
    if (login instanceof Login.Password password) {
      return """

      # The password is not in this file: it comes from the environment, or from a file given with --var-file.
      variables:
        password: {type: secret, description: Password of the user}

      # The user who can log in with the password, also by SSH, and use sudo. The root filesystem grows with the disk.
      plugins:
        admin_user:
          username: "%s"
          password: "{variables.password}"
        expand_root: {}
      """
          .formatted(password.user());
    }
    return "";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}

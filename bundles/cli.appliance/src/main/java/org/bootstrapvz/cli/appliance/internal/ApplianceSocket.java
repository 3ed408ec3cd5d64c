/* SPDX-License-Identifier: Apache-2.0 */
package org.bootstrapvz.cli.appliance.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;
import org.bootstrapvz.api.file.PrivateDirectory;
import org.bootstrapvz.api.file.UnsafePathException;
import org.bootstrapvz.cli.FileProblem;

/**
 * The socket of the appliance on this machine. Manifests contain passwords, so it is used only if
 * the appliance at its other end runs as root or as the user of the command.
 */
final class ApplianceSocket {
  private static final String NAME = "api";

  private final Path directory;
  private final Path file;

  /**
   * The socket.
   *
   * @param state the state directory of the appliance
   */
  ApplianceSocket(Path state) {
    directory = state;
    file = state.resolve(NAME);
  }

  /**
   * Connects.
   *
   * @throws ApplianceException if no appliance is running, the user may not use it, or it is that
   *     of somebody else
   */
  SocketChannel connect() throws ApplianceException, IOException {
    try {
      checkFiles();
      SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file));
      try {
        checkOwner("the process at " + file, peer(channel));
        return channel;
      } catch (IOException | ApplianceException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException | ConnectException e) {
      throw new ApplianceException(
          "No appliance is running on this machine that uses "
              + directory
              + "; start one with \"bootstrap-vz serve\", run this command as the user of the"
              + " appliance, or use --server=URL");
    } catch (AccessDeniedException e) {
      throw new ApplianceException(
          "Only root and the user of the appliance on this machine may use it without a token: "
              + FileProblem.describe(e)
              + ". Use sudo, or: bootstrap-vz login URL, then --server=URL");
    } catch (SocketException e) {
      throw new ApplianceException("Cannot connect to the socket " + file + ": " + e.getMessage());
    }
  }

  private void checkFiles() throws IOException, ApplianceException {
    try {
      PrivateDirectory.open(directory);
    } catch (UnsafePathException e) {
      throw new ApplianceException(
          "The appliance on this machine is not trusted: " + e.getMessage());
    }
    PosixFileAttributes socket =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    checkOwner(file.toString(), socket.owner());
    if (!socket.isOther()) {
      throw new ApplianceException(file + " is not a socket");
    }
    if (!Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
  }

  private static UserPrincipal peer(SocketChannel channel) throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
  }

  private static void checkOwner(String what, UserPrincipal owner)
      throws IOException, ApplianceException {
    if (!CurrentUser.isTrusted(owner)) {
      throw new ApplianceException(
          "The appliance on this machine is not trusted: "
              + what
              + " belongs to "
              + owner.getName()
              + ", neither to root nor to you. Run this command as "
              + owner.getName()
              + ", or use --server=URL");
    }
  }
}

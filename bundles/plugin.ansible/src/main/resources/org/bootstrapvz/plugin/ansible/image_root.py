# SPDX-License-Identifier: Apache-2.0
"""Lets Ansible run its modules in the root of an image.

ansible-playbook itself runs in the sandbox of the build. Commands enter the image from there, so
neither they nor what they leave running reach the namespaces of the host.
"""

import os
import shlex
import subprocess

from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.plugins.connection import ConnectionBase

DOCUMENTATION = """
name: image_root
short_description: Runs commands in the root of an image
description:
  - Runs commands as root, with the directory of the image as their root directory.
author: bootstrap-vz
version_added: "1.0"
options:
  root:
    description: Directory of the root of the image
    type: path
    required: true
    vars:
      - name: bootstrapvz_root
"""

# As for the commands of other tasks in the image: nothing there changes the kernel of the host.
REFUSED = (
    "sys_module",
    "sys_rawio",
    "sys_boot",
    "sys_time",
    "syslog",
    "sys_pacct",
    "sys_tty_config",
    "wake_alarm",
    "block_suspend",
    "audit_control",
    "audit_read",
    "mac_admin",
    "mac_override",
    "linux_immutable",
    "lease",
)

PROXIES = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy", "no_proxy")


def environment():
    """Returns the environment of commands in the image, as those of other tasks have it."""
    variables = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8",
        "HOME": "/root",
        "DEBIAN_FRONTEND": "noninteractive",
    }
    for name in PROXIES:
        for spelling in (name, name.upper()):
            if spelling in os.environ:
                variables[spelling] = os.environ[spelling]
    return variables


class Connection(ConnectionBase):
    """Enters the image for each command."""

    transport = "image_root"
    has_pipelining = True

    def _connect(self):
        # Whatever user the playbook names: commands in the image run as root.
        self._play_context.remote_user = "root"
        self._connected = True
        return self

    def _run(self, command, **streams):
        arguments = ["setpriv", "--bounding-set=" + ",".join("-" + each for each in REFUSED), "--"]
        arguments += ["unshare", "--root=" + self.get_option("root"), "--wd=/", "--"]
        process = subprocess.Popen(
            arguments + ["/bin/sh", "-c", command],
            stderr=subprocess.PIPE,
            env=environment(),
            **streams
        )
        return process

    def exec_command(self, cmd, in_data=None, sudoable=True):
        super().exec_command(cmd, in_data=in_data, sudoable=sudoable)
        process = self._run(cmd, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        output, errors = process.communicate(in_data)
        return process.returncode, output, errors

    # Files are written and read by commands in the image, whose links do not lead out of it.

    def put_file(self, in_path, out_path):
        super().put_file(in_path, out_path)
        if not os.path.isfile(in_path):
            raise AnsibleError("there is no file " + in_path)
        with open(in_path, "rb") as source:
            process = self._run(
                "cat > " + shlex.quote(out_path), stdin=source, stdout=subprocess.DEVNULL
            )
            self._finish(process, out_path)

    def fetch_file(self, in_path, out_path):
        super().fetch_file(in_path, out_path)
        with open(out_path, "wb") as target:
            process = self._run(
                "cat " + shlex.quote(in_path), stdin=subprocess.DEVNULL, stdout=target
            )
            self._finish(process, in_path)

    @staticmethod
    def _finish(process, path):
        _, errors = process.communicate()
        if process.returncode != 0:
            raise AnsibleConnectionFailure(
                "copying %s failed: %s" % (path, errors.decode(errors="replace").strip())
            )

    def close(self):
        self._connected = False

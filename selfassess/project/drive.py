"""The drive of a project file: on network drives, the locks that keep two programs apart are not reliable."""

import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

_OVER_A_NETWORK = {
    *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "ncpfs", "afs", "coda", "webdav"),
    *("davfs", "9p", "ceph", "glusterfs", "lustre", "beegfs", "pvfs2", "ocfs2", "vboxsf", "vmhgfs", "prl_fs"),
    *("osxfuse", "macfuse", "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs", "fuse.davfs2", "fuse.ceph"),
    *("fuse.glusterfs", "fuse.s3fs", "fuse.gcsfuse", "fuse.curlftpfs", "fuse.smbnetfs", "fuse.vmhgfs-fuse"),
}
"""The names of network file systems, and of those that share a disk with a virtual machine, whose locks are no
better."""
_OF_LINUX = re.compile(r"(\S+) (\S+) (\S+) .*")
_OF_BSD = re.compile(r".* on (.+) \(([^,()]+)[^()]*\)")
_REMOTE = 4
"""What Windows calls the type of a network drive."""


def warning(path: Path) -> str:
    """The warning for the drive that a file is on, or will be; "" if it is a drive of this computer, or if that is
    unknown."""
    if not is_over_a_network(path):
        return ""
    return (
        "This is on a network drive. If two people save there at the same moment, the file can be damaged. Keep it on "
        "a disk of this computer, or make sure that only one person at a time opens it. People can also answer on "
        "other computers, from invitation files."
    )


def is_over_a_network(path: Path) -> bool:
    """Whether a file is on a network drive, as far as the system says so."""
    try:
        real = path.resolve()
        if isinstance(real, PureWindowsPath):
            return is_of_another_computer(real, _drive_type)
        return is_mounted_from_elsewhere(real, mounts(_mount_table()))
    except (OSError, RuntimeError, ValueError):
        return False


def mounts(table: str) -> list[tuple[PurePosixPath, str]]:
    """The mount point and the kind of each file system, in the order of mounting: from the lines of /proc/mounts, or
    from the output of `mount` on macOS and BSD."""
    found = []
    for line in table.splitlines():
        if of_bsd := _OF_BSD.fullmatch(line):
            found.append((PurePosixPath(of_bsd[1]), of_bsd[2].strip()))
        elif of_linux := _OF_LINUX.fullmatch(line):
            point = re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), of_linux[2])
            found.append((PurePosixPath(point), of_linux[3]))
    return found


def is_mounted_from_elsewhere(path: PurePath, mounted: Iterable[tuple[PurePosixPath, str]]) -> bool:
    """Whether an absolute path leads to a network drive. The deepest mount point counts, and if several are mounted
    there, the last."""
    deepest, kind = -1, ""
    for point, what in mounted:
        if path.is_relative_to(point) and len(point.parts) >= deepest:
            deepest, kind = len(point.parts), what
    return kind in _OVER_A_NETWORK


def is_of_another_computer(path: PureWindowsPath, drive_type: Callable[[str], int]) -> bool:
    """Whether an absolute Windows path leads to another computer, by a network name or by a drive letter. `drive_type`
    is called with the root of the drive, such as "Z:\\"."""
    drive = path.drive.replace("/", "\\")
    if drive.upper().startswith("\\\\?\\UNC"):
        return True
    local = drive.removeprefix("\\\\?\\").removeprefix("\\\\.\\")
    if local.startswith("\\\\"):
        return True
    return drive_type(f"{local}\\") == _REMOTE


def _drive_type(root: str) -> int:
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(root))


def _mount_table() -> str:
    table = Path("/proc/self/mounts")
    if table.exists():
        return os.fsdecode(table.read_bytes())
    import subprocess  # only where there is no table to read

    try:
        done = subprocess.run(["/sbin/mount"], capture_output=True, timeout=5, check=False)
    except subprocess.SubprocessError:
        return ""
    return os.fsdecode(done.stdout)

"""Network drives are known by the table of mounts, or by what Windows says of them; and SQLite finds what is there."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest

from selfassess.project.database import address_of
from selfassess.project.drive import is_mounted_from_elsewhere, is_of_another_computer, mounts

LINUX = r"""
/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /home nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/ana/disk ext4 rw 0 0
//server/share /mnt/our\040share cifs rw 0 0
systemd-1 /auto autofs rw 0 0
server:/auto /auto nfs rw 0 0
ana@host:/ /home/ana/far fuse.sshfs rw 0 0
C:\134 /mnt/c 9p rw,aname=drvfs 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
"""
MACOS = """
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
//ana@server/share on /Volumes/Our (old) share (smbfs, nodev, nosuid, mounted by ana)
server:/export on /Volumes/export (nfs)
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/tmp/ours.selfassess", False),
        ("/home/ana/ours.selfassess", True),
        ("/home/ana/disk/ours.selfassess", False),
        ("/home/ana/far/ours.selfassess", True),
        ("/homes/ana/ours.selfassess", False),
        ("/mnt/our share/ours.selfassess", True),
        ("/auto/ours.selfassess", True),
        ("/mnt/c/Users/ana/ours.selfassess", True),
        ("/media/stick/ours.selfassess", False),
    ],
)
def test_the_deepest_and_last_mount_of_linux_counts(path: str, expected: bool) -> None:
    assert is_mounted_from_elsewhere(PurePosixPath(path), mounts(LINUX)) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/Users/ana/ours.selfassess", False),
        ("/Volumes/Our (old) share/ours.selfassess", True),
        ("/Volumes/export/ours.selfassess", True),
        ("/Volumes/stick/ours.selfassess", False),
    ],
)
def test_so_it_does_on_macos(path: str, expected: bool) -> None:
    assert is_mounted_from_elsewhere(PurePosixPath(path), mounts(MACOS)) is expected


def test_a_table_that_says_nothing_warns_of_nothing() -> None:
    for table in ("", "\n", "nonsense", "one two"):
        assert not is_mounted_from_elsewhere(PurePosixPath("/home/ana/p"), mounts(table))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"C:\Users\ana\ours.selfassess", False),
        (r"Z:\ours.selfassess", True),
        (r"\\server\share\ours.selfassess", True),
        ("//server/share/ours.selfassess", True),
        (r"\\?\C:\Users\ana\ours.selfassess", False),
        (r"\\?\Z:\ours.selfassess", True),
        (r"\\?\UNC\server\share\ours.selfassess", True),
    ],
)
def test_on_windows_the_name_of_a_computer_or_the_type_of_the_drive_counts(path: str, expected: bool) -> None:
    types = {"C:\\": 3, "Z:\\": 4}
    assert is_of_another_computer(PureWindowsPath(path), types.__getitem__) is expected


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/home/ana/ours.selfassess"), "file:///home/ana/ours.selfassess"),
        (PurePosixPath("/home/a b/100%?mode=ro#1"), "file:///home/a%20b/100%25%3Fmode%3Dro%231"),
        (PureWindowsPath(r"C:\Users\ana\ours.selfassess"), "file:///C:/Users/ana/ours.selfassess"),
        (PureWindowsPath(r"\\server\our share\ours.selfassess"), "file:////server/our%20share/ours.selfassess"),
    ],
)
def test_sqlite_gets_an_address_that_names_no_other_computer(
    path: PurePosixPath | PureWindowsPath, address: str
) -> None:
    assert address_of(path) == address

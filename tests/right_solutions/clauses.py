"""What a right solution may lose: clauses of the contract that ask for more than such courses do.

Each has a check of its own, on which no other depends.
"""

#: Points that all clauses together may cost one solution.
MOST = 2

#: By topic and check, what it asks for.
CLAUSES: dict[str, dict[str, str]] = {}

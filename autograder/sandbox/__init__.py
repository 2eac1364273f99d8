"""Processes in which students' code runs: levels of protection, limits, and what runs inside."""

"""Levels of protection, a file for each: how a process for students' code is started and confined."""

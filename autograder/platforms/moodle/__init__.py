"""Moodle: its download of submissions, and its offline grading worksheet."""

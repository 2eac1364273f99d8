"""Gradescope: its export of submissions, and a zip that grades one topic in its container."""

"""Grades in the formats of others."""

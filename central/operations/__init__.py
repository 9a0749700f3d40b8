"""Keeping central going: command line, start and stop, backup, figures, log (operations.md)."""

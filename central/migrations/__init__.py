"""Steps from one shape of central's file to the next (alembic)."""

HEAD = "0011"
"""The newest step; a test holds it equal to what stands in ``versions/``."""

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011")
"""Every step this program knows, oldest first; a file at any other one is newer than it."""

"""The only room that opens the local file: one writer thread, readers of their own, Core only.

Records never leave this room as database rows; above it everything works with snapshots.
"""

"""The line to central: one gateway, one engine that pushes and pulls (sync.md §5, §7, §10)."""

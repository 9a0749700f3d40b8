"""Push and pull: ops with their results, the changes feed, the snapshot (sync.md §3-§7)."""

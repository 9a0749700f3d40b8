"""Photos by the hash of their content: sent in parts, kept in pieces (sync.md §8)."""

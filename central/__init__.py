"""Central: the authority of one organisation. Decides every op, keeps every record (sync.md)."""

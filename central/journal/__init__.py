"""Who did what when: rows that are only ever added (security.md §6)."""

"""The keys that people sign with when they look along, as central knows them (security.md §3)."""

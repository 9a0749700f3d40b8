"""A desk that worked alone brings its records to a team (sync.md §8a)."""

"""Live news: who listens, who is there, and the bell that reaches every process (sync.md §8)."""

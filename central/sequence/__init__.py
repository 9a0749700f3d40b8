"""The one way records are written: ``commit_changes`` and what it takes (sync.md §2)."""

from central.sequence.commit import Answer, Author, Committed, Staged, commit_changes

__all__ = ["Answer", "Author", "Committed", "Staged", "commit_changes"]

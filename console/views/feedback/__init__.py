"""The Terugkoppeling screen: what is due, how it ended, one sentence (screens.md §5.4)."""

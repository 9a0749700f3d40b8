"""The Burgernet screen: what runs, what is not known, what ended (screens.md §5.6)."""

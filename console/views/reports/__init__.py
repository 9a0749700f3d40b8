"""The Meldingen screen: see, take, answer (screens.md §5.1)."""

"""Overdracht: the sheet of a shift, its answers, and who takes over (screens.md §5.8)."""

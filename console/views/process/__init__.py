"""Werkproces: the written steps beside the task, and the whole of it as a page (screens.md §5.7)."""

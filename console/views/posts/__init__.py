"""The screens of messages: list, writing, hand-off, templates (screens.md §5.2, §5.3, §5.10)."""

"""Reports from outside forms, in one neutral shape, each form with a key of its own (F10)."""

"""A damaged file of the central that a desk carries, made anew from what the desk holds (§2)."""

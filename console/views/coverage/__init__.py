"""Dekking: groups per 1,000 inhabitants as a table and a simple map (F17)."""

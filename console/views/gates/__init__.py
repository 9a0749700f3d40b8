"""Pages that stand before the desk: first run, signing in, and what keeps the desk closed."""

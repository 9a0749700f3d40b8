"""Look-ups outside for somebody at a desk: nothing is kept but the answer they get (F60)."""

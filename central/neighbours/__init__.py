"""Messages that a team shares with the teams whose areas adjoin its own (F21)."""

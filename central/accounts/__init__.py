"""Accounts of the people of a team: made, activated, started anew (security.md §3)."""

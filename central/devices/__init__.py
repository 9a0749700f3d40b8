"""Desks that signed in: listed, revoked, let in again (security.md §3)."""

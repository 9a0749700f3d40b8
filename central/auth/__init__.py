"""Who is calling: sessions with opaque tokens, roles read anew each time (security.md §3)."""

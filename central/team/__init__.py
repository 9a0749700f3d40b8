"""The first team: made once, with its first person and the shipped texts (screens 09a)."""

"""The frame round every screen: rail, status bar, strip, notices, training frame."""

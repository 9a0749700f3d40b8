"""Painted parts the screens are made of; one part, one file."""

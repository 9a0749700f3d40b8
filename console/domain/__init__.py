"""Frozen snapshots and plain rules that every floor above storage works with; no Qt, no database."""

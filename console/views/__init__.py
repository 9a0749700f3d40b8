"""Widgets that show snapshots and emit wishes; they know console.domain and nothing deeper."""

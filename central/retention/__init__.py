"""What must go: out of the desks after its first term, destroyed after its last (F52)."""

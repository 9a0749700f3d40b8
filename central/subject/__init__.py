"""What a team holds of one person (F52)."""

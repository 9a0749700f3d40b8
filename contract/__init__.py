"""What the desk and central agree on; imports neither, and no toolkit, database or network."""

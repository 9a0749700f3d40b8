"""Makes the pictures in docs/pictures from the real desk on the invented town."""

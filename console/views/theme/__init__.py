"""Look of the desk: tokens, fonts, palette, icons."""

"""The directory on screen: its tree, the card of a group or area, and the forms in its place."""

"""Borden: requests for signs, their places and the advice of the police (F20)."""

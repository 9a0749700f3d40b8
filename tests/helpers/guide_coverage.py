"""The coverage table in the guide's annex, May 2018: the figures alone (N05, seed 001)."""

GUIDE = (
    ("Leiden", 123, 26, "0,21"),
    ("Katwijk", 65, 31, "0,47"),
    ("Zoeterwoude", 8, 2, "0,25"),
    ("Voorschoten", 25, 34, "1,36"),
    ("Leiderdorp", 27, 14, "0,51"),
    ("Oegstgeest", 23, 12, "0,52"),
    ("Hillegom", 21, 23, "1,09"),
    ("Noordwijk", 25, 6, "0,24"),
    ("Noordwijkerhout", 16, 7, "0,43"),
    ("Lisse", 22, 28, "1,27"),
    ("Teylingen", 36, 12, "0,33"),
)
"""Municipality, inhabitants in thousands, groups, and coverage as the guide prints it."""

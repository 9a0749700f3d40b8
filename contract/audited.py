"""Words that stand as the act of an audit row, where they are no verb and no command (F54)."""

LOGGED = "log."
"""How the act of a history line stands in the audit rows: this, then what the line says."""

SEARCHED, EXPORTED, RESTORED = "audit_searched", "audit_exported", "restored"
"""Acts that central writes down by itself: somebody looked, took an export, put a copy back."""

REMADE = "remade"
"""Act of a record that came from the desk when the damaged file of its central was made anew."""

NO_PROOF = "second_unproven"
"""Act beside a release that was a fact already: nothing shows that the second person looked."""

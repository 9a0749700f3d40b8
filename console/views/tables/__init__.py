"""Qt's item models, lists and delegates (the database records live in console/models)."""

"""Coming in at a team's central: the fields that the first page and the settings share."""

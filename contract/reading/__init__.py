"""Pure readers of alerts: feed answers and Burgernet texts, the same for desk and central (F35)."""

"""Instellingen: people, own passphrase, region, this computer, training."""

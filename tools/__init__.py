"""Programs for those who build Buurtdesk; nothing here runs at a desk."""

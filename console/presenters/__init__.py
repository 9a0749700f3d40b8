"""One presenter per screen: wishes of the view to services, snapshots back; no SQL, no HTTP."""

"""Pure readers of what people paste or drop at the desk: standard library and contract only."""

"""The OpenAPI document of central, put together in one place (security.md §8, docs/api.md §5)."""

"""Signing in at the provider of an organisation (OpenID Connect, code flow with PKCE; F41)."""

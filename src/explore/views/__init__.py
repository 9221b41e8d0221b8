"""How answers look on a screen; only here is Rich."""

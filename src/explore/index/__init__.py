"""The corpus compiled to SQLite, and every question asked of it; only here is SQL."""

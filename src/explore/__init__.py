"""A knowledge explorer for contested subjects."""

__version__ = "0.1.0"

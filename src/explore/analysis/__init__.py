"""Answers as plain values: all that a view, a format or an export writes of them."""

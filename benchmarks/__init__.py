"""Measurements side by side: explore, its floor, and what a user would pick instead."""

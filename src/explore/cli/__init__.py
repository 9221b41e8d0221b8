"""What people type; only here is Typer."""

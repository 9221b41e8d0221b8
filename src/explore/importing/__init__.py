"""Tables and reference libraries as records of a corpus."""

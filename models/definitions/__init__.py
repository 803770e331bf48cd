"""Process definitions: their shape, the reading of their YAML with all mistakes at once, their dates and picture."""

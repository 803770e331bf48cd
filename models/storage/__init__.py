"""Tables, files and drafts, and what an act reads and writes. Nothing here decides anything."""

"""A record in words: its sentences in the reader's language, for the terminal and for pages alike."""

"""What people write: documents read into their parts, compared word by word, and the figures in their tables."""

"""The papers' renderings, PDF, HTML and Word, and how they come into the files and the record."""

"""The coordinator's tools for a running process: one thing on a page, and what it leads to before it is done."""

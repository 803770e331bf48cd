"""Typed outputs to and from what people use: documents with tables, workbooks, pasted tables, files."""

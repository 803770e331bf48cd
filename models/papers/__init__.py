"""The papers people take to their meetings, as values: what stands in each, in which order, in which language."""

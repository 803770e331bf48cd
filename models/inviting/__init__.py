"""Many people at once: lists as they are pasted, what each line is found to be, and the seats they come to. Pure."""

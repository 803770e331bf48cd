"""Days as municipalities count and write them: working days, Finnish words of time, planned dates of a process."""

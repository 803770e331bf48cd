"""What is owed by whom and by when, the ladders of reminders about it, and who is told. Pure."""

"""A definition played through under a clock of its own: what would be asked of whom and told to whom, touching no data.

The rules, the plans of reminders and what is told are those of the engine. Pure.
"""

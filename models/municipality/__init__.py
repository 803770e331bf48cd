"""The municipality's own record: people, groups, seats, roles, absences and settings. Pure."""

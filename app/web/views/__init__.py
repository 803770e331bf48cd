"""What pages show, as plain frozen values: built from a place or a visitor, given to a template, compared in tests."""

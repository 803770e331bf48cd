"""The compiled document of each kind of phase, made from what its people wrote."""

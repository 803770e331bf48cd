"""What leaves the house: effects owed and taken up, messages gathered and logged, signs of life."""

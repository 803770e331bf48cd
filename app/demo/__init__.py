"""The whole of Kemijärvi 2030 played through under a simulated clock, on a real database and a real Prefect engine."""

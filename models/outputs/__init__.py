"""What the phases produce, as typed values: rows with identifiers, the thread through them, what is tested of it."""

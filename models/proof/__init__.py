"""Whether what is stored holds, and everything made anew from the record: verify, rebuild, export, backup, restore."""

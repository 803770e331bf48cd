"""Creating a process: what is proposed, what has been answered so far, and the commands it comes to. Pure."""

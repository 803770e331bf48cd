"""Who is told what, and in which words. Pure: nothing here sends anything."""

"""Who is signed in, and how people sign in. Nothing here commits, and nothing here knows the web.

What a browser or a message holds is a secret of 256 bits; here stands its hash.
"""

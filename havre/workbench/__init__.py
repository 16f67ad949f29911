"""Safe figures about people: plain Python, no Django, usable from a notebook or on any agency's CSV."""

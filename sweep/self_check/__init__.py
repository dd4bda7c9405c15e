"""A check of one page or file for the person who waits for it, in a process of its own."""

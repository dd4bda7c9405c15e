"""Which engine brings back the work of the dead: three of them, killed in the same ways."""

"""The overview: what is asked for, what is shown of it, and the tables it is given away as."""

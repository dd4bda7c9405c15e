"""The commands of `oit`, one file a group; `cli.py` joins them."""

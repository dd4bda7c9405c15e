"""One unit as its page shows it: the report of a scan, its history, its files."""

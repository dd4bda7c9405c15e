"""Who is checked: the registry of units, its files, and the ministry's units as data."""

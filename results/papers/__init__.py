"""Papers of the ministry's own process, made from what the scans found."""

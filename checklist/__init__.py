"""What must be public, and when a text shows it. Pure: no network, no database."""

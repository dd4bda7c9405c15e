"""The database itself: opening it, its revisions, and what its tables share. It knows no table."""

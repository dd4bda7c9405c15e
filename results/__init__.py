"""What was found: every scan kept in a database, its score, and the reports made from it."""

"""The registry kept in the database: units, every revision of them, approvals, imports."""

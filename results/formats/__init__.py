"""The faces of a report: HTML for people, JSON for programs, and the overview of a sweep."""

"""The checklists as people read them: year rules in plain words, two years side by side."""

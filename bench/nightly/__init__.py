"""What a sweep of a ministry that hardly changed costs, and whether it sees what changed."""

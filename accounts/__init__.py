"""People of the dashboard: who they are, what they may do, how they prove it, what they did."""

"""Training and measuring of the network that reads Thai digits in scans."""

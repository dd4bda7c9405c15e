"""Bytes under names, written once: in a folder of this machine, or in a bucket that many share."""

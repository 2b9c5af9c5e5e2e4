"""Measure AtOdds on a made corpus; see bench/README.md."""

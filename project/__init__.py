"""The installation: settings, the three surfaces' addresses, the commands `up` and `verify`."""

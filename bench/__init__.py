"""How fast and how large: one workload on four columns, run by `make bench`."""

"""The library behind VPC Endpoint Lab: networks, walks, and the files they come from."""

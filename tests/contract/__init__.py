"""The simulators held against public descriptions and the libraries that everybody uses."""

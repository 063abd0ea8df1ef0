"""The demo beside processes and addresses of the machine."""

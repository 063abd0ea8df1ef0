"""Interfaces: each turns a request into a question or command, and the answer into what its caller expects."""

"""The one way to a question, the audit log, and cached answers."""

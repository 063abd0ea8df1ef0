"""Records beside plays: jobs, the audit log, API calls, saved libraries, and events."""

"""What lives as long as Home Assistant: jobs, signals, the event log, options, and supervision of long-lived tasks."""

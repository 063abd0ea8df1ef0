"""Commands to rooms: transport, groups, queue, snapshots, alarms and announcements."""

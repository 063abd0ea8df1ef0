"""Commands about Sonos rooms: groups, queue, snapshots, alarms and sleep timers."""

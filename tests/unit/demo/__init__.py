"""The demo's own rooms: its folder and its processes."""

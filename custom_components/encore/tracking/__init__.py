"""Watches players of the house and says what was heard on them, in which rooms; free of Home Assistant and SoCo."""

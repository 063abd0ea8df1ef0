"""What the entity platforms set up."""

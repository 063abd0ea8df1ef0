"""What a person chose: the History entry and its options."""

"""What questions share: their parameters, scope and answers."""

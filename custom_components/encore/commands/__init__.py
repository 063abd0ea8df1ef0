"""What a person can tell Encore to do: one file for each command or family of commands."""

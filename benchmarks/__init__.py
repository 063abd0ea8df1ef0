"""What is measured, one file a subject; `script/bench` runs them all."""

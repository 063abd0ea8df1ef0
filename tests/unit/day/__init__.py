"""The simulated day's judgement, on days made by hand."""

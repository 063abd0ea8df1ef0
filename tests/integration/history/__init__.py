"""The history beside processes of its own, and with damaged files."""

"""Opens and closes config entries and the interfaces."""

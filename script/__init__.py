"""Scripts of the repository; each is started by the file of the same name without `.py`."""

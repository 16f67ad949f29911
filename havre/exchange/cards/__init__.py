"""Cards of the directory as files on a page: brought in after a look, taken out once."""

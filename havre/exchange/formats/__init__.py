"""One file per format. Plain Python: what a file says is read and checked before any database is asked."""

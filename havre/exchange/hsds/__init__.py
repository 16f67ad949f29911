"""The directory in and out as HSDS 3.0: JSON, the tabular data package and workbooks, by one mapping (SPEC 12)."""

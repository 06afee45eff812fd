"""How facts get in: record files, tables and data sets become checked claims."""

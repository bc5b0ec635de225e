"""A wijkplan as flat tables, one per kind of thing: what the workbook and the CSV files both hold.

Keys of sheets and columns and ids of rows are stable from one download to the next; headings are in the language of the
reader.
"""

"""What a report and a workbook say, as blocks: one function per chapter, in words, without a file format."""

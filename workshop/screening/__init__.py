"""Personal data in text: text in, findings out."""

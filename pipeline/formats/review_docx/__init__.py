"""The review document: a table of source, translation and remarks, written for Word and read back from it."""

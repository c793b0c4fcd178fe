"""The course as values: chapters, facts, glossary and FAQ; what reads, checks, grades and searches them."""

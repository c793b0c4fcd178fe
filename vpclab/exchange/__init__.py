"""Designs in and out: files, the command's answers, and text to share."""

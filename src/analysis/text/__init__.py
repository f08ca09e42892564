"""Offsets into a dispatch: paragraphs, sentences, words, quotation marks.

Nothing here knows who speaks; every function maps a text to half-open character spans of it.
"""

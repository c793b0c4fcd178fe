"""The question bank for other programs: Moodle GIFT, QTI 2.1, CSV and Anki out; GIFT and CSV in.

Everything goes through one neutral record, `records.Item`: a question in one language, in plain words.
`docs/exchange.md` tells what goes out, what comes in, and what is lost on the way.
"""

"""The check: for each text, in each language, what its citations and its reference list do not tell the same way.

`kinds` says what can be found, `registry` which texts are looked at, `reading` brings them in, `rules` finds, `overview` looks at
all of them, `counting` keeps how many there are, `services` writes what editors decide, and `panel` shows it beside the text.
"""

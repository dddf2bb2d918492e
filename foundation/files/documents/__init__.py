"""PDF and Word files: taken apart in a process of their own, never opened by what serves the site.

`judging.judge` says whether a file may come in, and what it says; `judging.cleaned` makes a copy without what is hidden.
"""

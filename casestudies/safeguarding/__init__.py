"""Where a child, or somebody's private details, could be recognised in a text: found by rules that can be read, and only asked about.

Pure functions over plain text. Nothing here judges: the contributor is asked a gentle question, the editor decides.
"""

from casestudies.safeguarding.finding import Found, find
from casestudies.safeguarding.kinds import Kind, question

__all__ = ["Found", "Kind", "find", "question"]

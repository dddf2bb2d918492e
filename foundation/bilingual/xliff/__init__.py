"""Files for translation companies and their tools: XLIFF 2.0, and 1.2 for tools that know no newer one.

What is written is read back exactly, whatever characters it has and whatever a tool does to the layout of the file. This
package knows texts and not where they come from. It is our own and small because translate-toolkit, which the tests use as
the translation company's tool, drops control characters without a word, loses paired codes, and is under the GPL.
"""

from foundation.bilingual.xliff.files import MOST_BYTES, File, Refused, Unit, Version, stamp
from foundation.bilingual.xliff.reading import read
from foundation.bilingual.xliff.writing import write

__all__ = ["MOST_BYTES", "File", "Refused", "Unit", "Version", "read", "stamp", "write"]

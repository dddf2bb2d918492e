"""Translation by people who work in tools of their own: texts out as XLIFF, and back in."""

"""What the desk registers itself, because it needs to know of case studies: people, messages, the log, the jobs."""

from desk import jobs, log, messages, people, problems, retention, wordings

__all__ = ["jobs", "log", "messages", "people", "problems", "retention", "wordings"]

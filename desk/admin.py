"""What the desk registers itself, because it needs to know of case studies: people, messages, the log, the jobs."""

from desk import invitations, jobs, log, messages, people, problems, redaction, retention, wordings

__all__ = ["invitations", "jobs", "log", "messages", "people", "problems", "redaction", "retention", "wordings"]

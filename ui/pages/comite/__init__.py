"""The committee: agenda, envelope, coverage, meeting, members, follow-up."""

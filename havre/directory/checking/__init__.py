"""What makes a card trusted: contacts confirm it by a link, others suggest, what is twice there is found (SPEC 12)."""

ASK = "directory.ask"  # the job of the mail that a keeper asks for
